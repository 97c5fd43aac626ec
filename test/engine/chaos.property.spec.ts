import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LogError } from '#log';
import { Chaos } from '../support/chaos.ts';
import { freeClock, holdClock, pass, until } from '../support/held-clock.ts';
import type { Answer } from '../support/fake-sender.ts';

/** Two hours are 14 s: schedules overlap with crashes of every length. */
const TIME_SCALE = 0.002;
const attemptsOf = { hyperleap: 4, hyprwatch: 5, 'standard-webhooks': 8 } as const;

const answer = fc.oneof(
  fc.constantFrom<Answer[]>(200, 500, 410, 'timeout', { status: 429, retryAfterMs: 90_000 }),
  fc.record({ status: fc.constantFrom(200, 503), after: fc.nat({ max: 400 }) }),
  fc.constant<Answer>({ status: null, after: 2_500 }),
);

const step = fc.record({
  wait: fc.oneof(fc.nat({ max: 5 }), fc.nat({ max: 300 }), fc.nat({ max: 5_000 })),
  what: fc.oneof(
    { weight: 5, arbitrary: fc.constant('publish' as const) },
    { weight: 1, arbitrary: fc.constant('publish-again' as const) },
    { weight: 3, arbitrary: fc.constant('crash' as const) },
    { weight: 1, arbitrary: fc.constant('stop' as const) },
    { weight: 1, arbitrary: fc.constant('refuse' as const) },
    { weight: 1, arbitrary: fc.constant('lose-answer' as const) },
    { weight: 1, arbitrary: fc.constant('stall' as const) },
    { weight: 1, arbitrary: fc.constant('expel' as const) },
  ),
});

const world = fc.record({
  contract: fc.constantFrom('hyperleap' as const, 'hyprwatch' as const, 'standard-webhooks' as const),
  /** What each endpoint answers, request by request; 200 once its script is over. */
  scripts: fc.array(fc.array(answer, { maxLength: 10 }), { minLength: 1, maxLength: 3 }),
  steps: fc.array(step, { minLength: 3, maxLength: 14 }),
  /** Between a crash and the next life: also longer than the done-set remembers. */
  outage: fc.oneof(fc.nat({ max: 50 }), fc.nat({ max: 3_000 }), fc.constant(900_000)),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

async function take(chaos: Chaos, tenant: string, what: World['steps'][number]['what'], outage: number) {
  const { lives } = chaos;
  const { store } = lives;
  switch (what) {
    case 'publish':
      chaos.published.push(await lives.rig.publish(tenant));
      return;
    case 'publish-again': {
      const before = chaos.published.at(-1);
      if (before !== undefined) await lives.rig.publish(tenant, { id: before.eventId });
      return;
    }
    case 'refuse':
      store.failNextAppend();
      return;
    case 'lose-answer':
      store.failNextAppend({ error: new LogError('log_unavailable', 'the answer was lost'), written: true });
      return;
    case 'stall':
      chaos.stall(1_500);
      return;
    case 'expel':
      lives.expel();
      return;
    case 'stop':
      await lives.stop();
      await lives.begin();
      return;
    case 'crash':
      await chaos.crash();
      await pass(outage);
      await lives.begin();
  }
}

async function judged({ contract, scripts, steps, outage }: World): Promise<string[]> {
  holdClock();
  try {
    const chaos = new Chaos(TIME_SCALE);
    const { lives } = chaos;
    await lives.begin();
    const tenant = await lives.rig.tenant(contract, 'tenant');
    const endpoints: string[] = [];
    for (let n = 0; n < scripts.length; n += 1) endpoints.push(await lives.rig.endpoint(tenant));
    chaos.watch(endpoints, scripts);
    for (const { wait, what } of steps) {
      await pass(wait);
      // A control command or publish by a log that refuses is the door's to retry, not the dispatcher's.
      await until(take(chaos, tenant, what, outage)).catch((error: unknown) => {
        if (!(error instanceof LogError)) throw error;
      });
    }
    await pass(90_000);
    const problems = await chaos.judge(attemptsOf[contract]);
    await until(lives.stop());
    return problems;
  } finally {
    freeClock();
  }
}

describe('whatever happens', () => {
  it('nothing is lost, and only what was in flight at a crash is sent twice (P2, P3, P4, P10)', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (one) => {
        expect(await judged(one)).toEqual([]);
      }),
      {
        numRuns: Number(process.env['CHAOS_RUNS'] ?? 200),
        endOnFailure: process.env['CHAOS_RUNS'] !== undefined,
      },
    );
  }, 300_000);
});
