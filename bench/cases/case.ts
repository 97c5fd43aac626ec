import type { Options } from '../options.ts';
import type { CaseResult } from './case-result.ts';
import type { Stage } from './stage.ts';

export type Say = (line: string) => void;

interface Titled {
  readonly name: string;
  /** One line for people. */
  readonly title: string;
}

export interface StagedCase extends Titled {
  /** Leaves behind what others would be slowed by, so it has a stage to itself. */
  readonly isAlone?: boolean;
  /** Further settings of the engine, for a case that is alone. */
  readonly env?: Readonly<Record<string, string>>;
  run(stage: Stage, say: Say): Promise<CaseResult>;
}

/** Brings its own engine, and harms it. */
export interface OwnCase extends Titled {
  runOwn(options: Options, say: Say): Promise<CaseResult>;
}

export type Case = StagedCase | OwnCase;
