import type { ReplayAction, ReplayProgress, ReplaySelection } from './replay-state.ts';

interface OfReplay {
  readonly replayId: string;
  readonly tenantId: string;
  /** The version that the job has after this fact. A fact of another version changes nothing. */
  readonly version: number;
  /** Epoch ms. */
  readonly at: number;
}

export type ReplayFact =
  | (OfReplay & {
      /** Its position in `control` is the number of every chain that the job asks for (R2). */
      readonly type: 'replay.started';
      readonly action: ReplayAction;
      readonly selection: ReplaySelection;
      readonly restamp: boolean;
      readonly includeInactive: boolean;
      readonly ratePerSecond: number;
      readonly total: number;
      /** End of `deliveries` before it began: none of its askings stands below. */
      readonly askedFrom: number;
    })
  | (OfReplay & { readonly type: 'replay.advanced'; readonly progress: ReplayProgress })
  | (OfReplay & { readonly type: 'replay.paused' })
  | (OfReplay & { readonly type: 'replay.resumed' })
  | (OfReplay & { readonly type: 'replay.rate-set'; readonly ratePerSecond: number })
  | (OfReplay & { readonly type: 'replay.cancelled' })
  | (OfReplay & { readonly type: 'replay.finished'; readonly progress: ReplayProgress });

export type ReplayCommand =
  | {
      readonly type: 'start';
      readonly replayId: string;
      readonly tenantId: string;
      readonly action: ReplayAction;
      readonly selection: ReplaySelection;
      readonly restamp: boolean;
      readonly includeInactive: boolean;
      readonly ratePerSecond: number;
      readonly total: number;
      readonly askedFrom: number;
      readonly at: number;
    }
  /** `page`: of the progress that this one follows. */
  | {
      readonly type: 'advance' | 'finish';
      readonly page: number;
      readonly progress: ReplayProgress;
      readonly at: number;
    }
  | { readonly type: 'pause' | 'resume' | 'cancel'; readonly at: number }
  | { readonly type: 'set-rate'; readonly ratePerSecond: number; readonly at: number };
