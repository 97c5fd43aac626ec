import type { CaseResult } from './case-result.ts';
import type { Stage } from './stage.ts';

export interface Case {
  readonly name: string;
  /** One line for people. */
  readonly title: string;
  /** Leaves behind what others would be slowed by, so it has a stage to itself. */
  readonly isAlone?: boolean;
  run(stage: Stage, say: (line: string) => void): Promise<CaseResult>;
}
