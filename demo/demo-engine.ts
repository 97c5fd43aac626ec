import type { Doors } from './api.ts';
import type { Screen } from './screen.ts';

/** The engine that is shown, whatever it is made of. */
export interface DemoEngine {
  readonly doors: Doors;
  readonly rootKey: string;
  /** Where else to look with --keep. */
  readonly hints: () => Promise<readonly string[]>;
}

export interface DemoSetup {
  /** Of the demo's own; removed at the end. */
  readonly folder: string;
  /** Settings that say what is shown. */
  readonly env: Readonly<Record<string, string>>;
  readonly screen: Screen;
  /** What was started is stopped by it, last first. */
  readonly opened: AsyncDisposableStack;
  /** Ends waiting for what starts. */
  readonly signal: AbortSignal;
}
