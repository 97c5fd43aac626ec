import type { Target } from './target.ts';

/** What stands on this machine for one run of the benchmarks. */
export interface Setting {
  readonly target: Target;
  /** What it is compared with; a sentence: why there is none. */
  readonly bareLoop: Target | string;
  stop(): Promise<void>;
}
