import { describe, expect, it } from '@jest/globals';
import { givenWhenThen } from '#testkit';
import { replayDecider } from './replay-decider.ts';
import type { ReplayCommand, ReplayFact } from './replay-facts.ts';
import type { ReplayProgress } from './replay-state.ts';

const given = givenWhenThen(replayDecider);
const T0 = 1_736_937_000_000;
const head = (version: number) => ({ replayId: 'rpl_1', tenantId: 'acme', version, at: T0 + version });

const what = {
  action: 'replay',
  selection: {
    what: 'failed',
    endpointId: null,
    types: [],
    statuses: ['failed'],
    since: T0 - 1_000,
    until: null,
    terms: [],
  },
  restamp: false,
  includeInactive: false,
  ratePerSecond: 200,
  total: 3,
  askedFrom: 7,
} as const;
const start: ReplayCommand = { type: 'start', replayId: 'rpl_1', tenantId: 'acme', at: T0 + 1, ...what };
const started: ReplayFact = { type: 'replay.started', ...head(1), ...what };
const progress = (asked: number): ReplayProgress => ({
  cursor: { at: T0, id: `id-${asked}` },
  asked,
  skipped: {},
  askedFrom: 7 + asked,
});
const advance = (page: number, asked: number, at: number): ReplayCommand => ({
  type: 'advance',
  page,
  progress: progress(asked),
  at: T0 + at,
});
const advanced = (version: number, asked: number): ReplayFact => ({
  type: 'replay.advanced',
  ...head(version),
  progress: progress(asked),
});
const paused = (version: number): ReplayFact => ({ type: 'replay.paused', ...head(version) });
const cancelled = (version: number): ReplayFact => ({ type: 'replay.cancelled', ...head(version) });
const finished = (version: number): ReplayFact => ({
  type: 'replay.finished',
  ...head(version),
  progress: progress(3),
});
const ask = (type: 'pause' | 'resume' | 'cancel', at: number): ReplayCommand => ({ type, at: T0 + at });

describe('a replay', () => {
  it('is started once', () => {
    given([]).when(start).then([started]);
    given([started]).when(start).thenRejected('already_exists');
    given([]).when(ask('pause', 1)).thenRejected('not_found');
  });

  it('moves on by progress that names the one it follows: a second carrier is refused', () => {
    given([started])
      .when(advance(0, 1, 2))
      .then([advanced(2, 1)]);
    given([started, advanced(2, 1)])
      .when(advance(0, 1, 3))
      .thenRejected('conflict');
    given([started, advanced(2, 1)])
      .when(advance(1, 2, 3))
      .then([advanced(3, 2)]);
  });

  it('keeps true counts where it was paused or cancelled meanwhile: what was asked for was asked for', () => {
    given([started, paused(2)])
      .when(advance(0, 1, 3))
      .then([advanced(3, 1)]);
    given([started, cancelled(2)])
      .when(advance(0, 1, 3))
      .then([advanced(3, 1)]);
    given([started, finished(2)])
      .when(advance(1, 3, 3))
      .thenRejected('conflict');
  });

  it('ends where it runs; one that was paused at the last moment has yet to be resumed', () => {
    const finish: ReplayCommand = { type: 'finish', page: 0, progress: progress(3), at: T0 + 3 };
    given([started])
      .when({ ...finish, at: T0 + 2 })
      .then([finished(2)]);
    given([started, paused(2)])
      .when(finish)
      .then([advanced(3, 3)]);
  });

  it('is paused, resumed and cancelled; saying it twice changes nothing', () => {
    given([started])
      .when(ask('pause', 2))
      .then([paused(2)]);
    given([started, paused(2)])
      .when(ask('pause', 3))
      .then([]);
    given([started, paused(2)])
      .when(ask('resume', 3))
      .then([{ type: 'replay.resumed', ...head(3) }]);
    given([started]).when(ask('resume', 2)).then([]);
    given([started, paused(2)])
      .when(ask('cancel', 3))
      .then([cancelled(3)]);
    given([started, cancelled(2)])
      .when(ask('cancel', 3))
      .then([]);
  });

  it('that has ended is ended for ever', () => {
    for (const end of [cancelled(2), finished(2)]) {
      given([started, end]).when(ask('resume', 3)).thenRejected('conflict');
      given([started, end]).when(ask('pause', 3)).thenRejected('conflict');
      given([started, end]).when({ type: 'set-rate', ratePerSecond: 5, at: T0 }).thenRejected('conflict');
    }
    given([started, finished(2)])
      .when(ask('cancel', 3))
      .thenRejected('conflict');
  });

  it('changes its rate', () => {
    given([started])
      .when({ type: 'set-rate', ratePerSecond: 5, at: T0 + 2 })
      .then([{ type: 'replay.rate-set', ...head(2), ratePerSecond: 5 }]);
    given([started])
      .when({ type: 'set-rate', ratePerSecond: 200, at: T0 + 2 })
      .then([]);
  });

  it('passes over facts of another version', () => {
    const facts = [started, paused(3), cancelled(1)];
    expect(facts.reduce(replayDecider.evolve, replayDecider.initialState)).toMatchObject({
      status: 'running',
      version: 1,
      page: 0,
      progress: { cursor: null, asked: 0, askedFrom: 7 },
    });
  });
});
