import type { EngineTarget, Target } from './target.ts';

/** What stands on this machine for one run of the benchmarks. */
export interface Setting {
  readonly target: EngineTarget;
  /** What it is compared with; a sentence: why there is none. */
  readonly bareLoop: Target | string;
  stop(): Promise<void>;
}

export interface SettingOptions {
  /** Further settings of every process of the engine. */
  readonly env: Readonly<Record<string, string>>;
  readonly hasBareLoop: boolean;
}

export const NOT_ASKED_FOR = 'it was not asked for';
