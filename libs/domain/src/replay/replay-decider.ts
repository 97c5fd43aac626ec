import { assertNever } from '../assert-never.ts';
import type { Decider } from '../decider.ts';
import { Rejected } from '../rejected.ts';
import type { ReplayCommand, ReplayFact } from './replay-facts.ts';
import { hasEnded, type ReplayState } from './replay-state.ts';

function decide(command: ReplayCommand, state: ReplayState | undefined): readonly ReplayFact[] {
  if (command.type === 'start') {
    if (state !== undefined) throw new Rejected('already_exists', `replay ${state.id} exists`);
    const { type: _, ...rest } = command;
    return [{ type: 'replay.started', version: 1, ...rest }];
  }
  if (state === undefined) throw new Rejected('not_found', 'no such replay');
  const head = {
    replayId: state.id,
    tenantId: state.tenantId,
    version: state.version + 1,
    at: command.at,
  };
  switch (command.type) {
    case 'advance':
    case 'finish':
      return progressed(command, state, head);
    case 'pause':
      needOpen(state);
      return state.status === 'paused' ? [] : [{ ...head, type: 'replay.paused' }];
    case 'resume':
      needOpen(state);
      return state.status === 'running' ? [] : [{ ...head, type: 'replay.resumed' }];
    case 'cancel':
      if (state.status === 'cancelled') return [];
      needOpen(state);
      return [{ ...head, type: 'replay.cancelled' }];
    case 'set-rate':
      needOpen(state);
      if (state.ratePerSecond === command.ratePerSecond) return [];
      return [{ ...head, type: 'replay.rate-set', ratePerSecond: command.ratePerSecond }];
    default:
      return assertNever(command);
  }
}

/** What was asked for was asked for, also where somebody paused or cancelled the job meanwhile: its counts stay true. */
function progressed(
  { type, page, progress, at }: Extract<ReplayCommand, { type: 'advance' | 'finish' }>,
  state: ReplayState,
  head: { readonly replayId: string; readonly tenantId: string; readonly version: number },
): readonly ReplayFact[] {
  if (state.status === 'finished' || page !== state.page) {
    throw new Rejected('conflict', `replay ${state.id} was carried on by somebody else`);
  }
  const ends = type === 'finish' && state.status === 'running';
  return [{ ...head, at, type: ends ? 'replay.finished' : 'replay.advanced', progress }];
}

function needOpen(state: ReplayState): void {
  if (hasEnded(state))
    throw new Rejected('conflict', `replay ${state.id} is ${state.status}; start another one`);
}

function evolve(state: ReplayState | undefined, fact: ReplayFact): ReplayState | undefined {
  if (fact.type === 'replay.started') return state ?? started(fact);
  if (state === undefined || fact.version !== state.version + 1) return state;
  const next = { ...state, version: fact.version, updatedAt: fact.at };
  switch (fact.type) {
    case 'replay.advanced':
      return { ...next, progress: fact.progress, page: state.page + 1 };
    case 'replay.paused':
      return { ...next, status: 'paused' };
    case 'replay.resumed':
      return { ...next, status: 'running' };
    case 'replay.rate-set':
      return { ...next, ratePerSecond: fact.ratePerSecond };
    case 'replay.cancelled':
      return { ...next, status: 'cancelled' };
    case 'replay.finished':
      return { ...next, status: 'finished', progress: fact.progress, page: state.page + 1 };
    default:
      return assertNever(fact);
  }
}

function started(fact: Extract<ReplayFact, { type: 'replay.started' }>): ReplayState {
  const { type: _, replayId, askedFrom, at, ...rest } = fact;
  return {
    ...rest,
    id: replayId,
    status: 'running',
    progress: { cursor: null, asked: 0, skipped: {}, askedFrom },
    page: 0,
    createdAt: at,
    updatedAt: at,
  };
}

/**
 * Progress is a fact like any other, with the version it leads to: of two processes that carry one job on, the second
 * one is told, and stops.
 */
export const replayDecider: Decider<ReplayCommand, ReplayState | undefined, ReplayFact> = {
  decide,
  evolve,
  initialState: undefined,
};
