import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { answered, live, momentOf, refOf, timedOut } from './chain.fixture.ts';
import { policies, policyNames, type PolicyName } from './contract-policies.fixture.ts';

const S = 1_000;
const M = 60 * S;
const H = 60 * M;

const exhausted = (disables: boolean) => ({ kind: 'failed', reason: 'attempts_exhausted', disables });

const schedules: Record<PolicyName, { sent: number[]; tiers: string[]; last: object }> = {
  hyperspell: {
    sent: [0, 4 * S, 20 * S, 80 * S, 140 * S],
    tiers: ['4s', '16s', '1m', '1m'],
    last: exhausted(false),
  },
  hypertune: {
    sent: [0, 16 * S, 76 * S, 376 * S, 2_176 * S, 9_376 * S, 16_576 * S, 23_776 * S],
    tiers: ['16s', '1m', '5m', '30m', '2h', '2h', '2h'],
    last: exhausted(false),
  },
  hyperleap: { sent: [0, 1 * S, 5 * S, 21 * S], tiers: ['1s', '4s', '16s'], last: exhausted(false) },
  hyprwatch: {
    sent: [0, 1 * M, 6 * M, 36 * M, 2 * H + 36 * M],
    tiers: ['1m', '5m', '30m', '2h'],
    last: exhausted(true),
  },
  standardWebhooks: {
    sent: [0, 16 * S, 76 * S, 376 * S, 2_176 * S, 9_376 * S, 16_576 * S, 23_776 * S],
    tiers: ['16s', '1m', '5m', '30m', '2h', '2h', '2h'],
    last: exhausted(false),
  },
};

describe.each(policyNames)('the schedule of %s', (name) => {
  const policy = policies[name];
  const { sent, tiers, last } = schedules[name];

  it('is kept to its end by an endpoint that always answers 500', () => {
    const chain = live(policy, () => answered(500));
    expect(chain.sentAfterMs).toEqual(sent);
    expect(chain.hops).toEqual(tiers.map((tier) => [tier]));
    expect(chain.steps).toEqual(tiers.map((_, index) => index + 1));
    expect(chain.last).toEqual(last);
  });

  it('counts each wait from the end of the attempt before it, time-outs included', () => {
    const tookMs = policy.timeoutMs;
    const chain = live(policy, () => timedOut, { tookMs });
    expect(chain.sentAfterMs).toEqual(sent.map((after, index) => after + index * tookMs));
    expect(chain.last).toEqual(last);
  });

  it('ends as delivered at whichever attempt is answered with any 2xx', () => {
    for (let good = 1; good <= sent.length; good += 1) {
      for (const status of [200, 202, 204, 299]) {
        const chain = live(policy, (attempt) => answered(attempt === good ? status : 503));
        expect(chain.sentAfterMs).toEqual(sent.slice(0, good));
        expect(chain.last).toEqual({ kind: 'delivered' });
      }
    }
  });

  it.each([100, 199, 300, 304, 307, 400, 404, 429, 500, 599])(
    'takes %d as a failure like any other',
    (status) => {
      expect(live(policy, () => answered(status)).sentAfterMs).toEqual(sent);
    },
  );

  it('is one single attempt for a test event, which disables nothing', () => {
    const moment = momentOf({ ref: refOf({ askedBy: 'test', chain: 12, eventOffset: null }) });
    const chain = live(policy, () => answered(500), { moment });
    expect(chain.sentAfterMs).toEqual([0]);
    expect(chain.last).toEqual(exhausted(false));
  });

  it('is the whole schedule again for a manual replay, which never disables (R24)', () => {
    const moment = momentOf({ ref: refOf({ askedBy: 'replay', chain: 12 }) });
    const chain = live(policy, () => answered(500), { moment });
    expect(chain.sentAfterMs).toEqual(sent);
    expect(chain.last).toEqual(exhausted(false));
  });

  it('counts for a released delivery like the first time (R24)', () => {
    const moment = momentOf({ ref: refOf({ askedBy: 'release', chain: 12 }) });
    const chain = live(policy, () => answered(500), { moment });
    expect(chain.sentAfterMs).toEqual(sent);
    expect(chain.last).toEqual(last);
  });

  it('shrinks with the time scale of a demonstration, tiers staying the same', () => {
    // The age limit is receivers' real time and does not shrink; scaled down, it is never met.
    const chain = live(policy, () => answered(500), { moment: momentOf({ timeScale: 0.01 }) });
    expect(chain.sentAfterMs).toEqual(sent.map((after) => after / 100));
    expect(chain.hops).toEqual(tiers.map((tier) => [tier]));
  });

  it('never sends more than it promises, whatever comes back, and places each step once', () => {
    const result = fc.oneof(
      fc.record({
        kind: fc.constant('response' as const),
        status: fc.integer({ min: 100, max: 599 }),
        retryAfterMs: fc.option(fc.double()),
      }),
      fc.constant(timedOut),
    );
    fc.assert(
      fc.property(
        fc.array(result, { minLength: 10, maxLength: 10 }),
        fc.constantFrom('event', 'replay', 'release', 'test'),
        fc.nat(60_000),
        (results, askedBy, tookMs) => {
          const moment = momentOf({ ref: refOf({ askedBy }) });
          const chain = live(policy, (attempt) => results[attempt - 1]!, { moment, tookMs });
          expect(chain.sentAfterMs.length).toBeLessThanOrEqual(askedBy === 'test' ? 1 : sent.length);
          expect(chain.steps).toEqual(chain.steps.map((_, index) => index + 1));
          const waits = chain.sentAfterMs
            .slice(1)
            .map((at, index) => at - chain.sentAfterMs[index]! - tookMs);
          for (const [index, wait] of waits.entries()) {
            expect(wait).toBeGreaterThanOrEqual(policy.delaysMs[index]!);
            expect(wait).toBeLessThanOrEqual(24 * H);
          }
        },
      ),
    );
  });
});
