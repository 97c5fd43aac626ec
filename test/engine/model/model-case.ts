import fc from 'fast-check';
import type { Answer } from '../../support/fake-sender.ts';
import { freeClock, holdClock, pass, until } from '../../support/held-clock.ts';
import { PARTITIONS } from '../../support/dispatcher-rig.ts';
import { Installation } from './installation.ts';
import { steps, take, type Step } from './steps.ts';

/** Two hours are 14 s: schedules overlap with troubles of every length. */
const TIME_SCALE = 0.002;
const attemptsOf = { hyperleap: 4, hyprwatch: 5, 'standard-webhooks': 8 } as const;
/** The longest trouble that a step begins is over, and everybody has heard of it. */
const LAST_TROUBLE_MS = 35_000;
/** Long past the last retry, whatever happened before. */
const QUIET_WITHIN_S = 240;

const answer = fc.oneof(
  fc.constantFrom<Answer[]>(200, 500, 410, 'timeout', { status: 429, retryAfterMs: 90_000 }),
  fc.record({ status: fc.constantFrom(200, 503), after: fc.nat({ max: 400 }) }),
  fc.record({ status: fc.constantFrom(200, 503), after: fc.nat({ max: 12_000 }) }),
  fc.constant<Answer>({ status: null, after: 2_500 }),
);

const tenant = fc.record({
  partition: fc.nat({ max: PARTITIONS - 1 }),
  scripts: fc.array(fc.array(answer, { maxLength: 10 }), { minLength: 1, maxLength: 2 }),
});

export interface ModelCase {
  readonly contract: keyof typeof attemptsOf;
  readonly tenants: readonly {
    readonly partition: number;
    readonly scripts: readonly (readonly Answer[])[];
  }[];
  /** How many processes there are at first. */
  readonly processes: number;
  /** Little room everywhere, so that back-pressure, deferrals and dropped tails happen (R16, R17). */
  readonly tight: boolean;
  readonly steps: readonly Step[];
}

export const modelCase: fc.Arbitrary<ModelCase> = fc.record({
  contract: fc.constantFrom('hyperleap', 'hyprwatch', 'standard-webhooks'),
  tenants: fc.array(tenant, { minLength: 1, maxLength: 3 }),
  processes: fc.integer({ min: 1, max: 3 }),
  tight: fc.boolean(),
  steps,
});

/** A case in one line. */
export function told({ contract, tenants, processes, tight, steps: all }: ModelCase): string {
  const events = all.map(({ wait, event: { what, ...how } }) => {
    const details = Object.entries(how).map(([name, value]) => `${name} ${value}`);
    return `+${wait} ms ${[what, ...details].join(' ')}`;
  });
  const answers = tenants.map(({ partition, scripts }) => `p${partition} ${JSON.stringify(scripts)}`);
  const room = tight ? ', little room' : '';
  return `${contract}, ${processes} processes${room}, answers ${answers.join(' ')}: ${events.join('; ')}`;
}

const roomy = { standardWebhooks: true };
const tight = {
  ...roomy,
  windowRecords: 4,
  waitingRecords: 2,
  lanes: { perLane: 2, slots: 4, queueCap: 16, patienceMs: 500 },
};

export interface Played {
  /** What broke a promise, in words. */
  readonly problems: readonly string[];
  readonly timeline: () => readonly string[];
}

/** Plays the case to its end. */
export async function play(one: ModelCase): Promise<Played> {
  holdClock();
  try {
    const installation = new Installation({
      contract: one.contract,
      tenants: one.tenants,
      timeScale: TIME_SCALE,
      options: one.tight ? tight : roomy,
    });
    await until(installation.open());
    for (let n = 0; n < one.processes; n += 1) await until(installation.join());
    const { witness } = installation;
    for (const { wait, event } of one.steps) {
      await pass(wait);
      await until(take(installation, event));
      if (witness.problems.length > 0) break;
    }
    if (witness.problems.length === 0) await comeToRest(installation);
    const problems = [...witness.problems, ...witness.judge(attemptsOf[one.contract])];
    for (const { id, rig, isGone } of installation.processes) {
      for (const { message } of rig.crashes) problems.push(`#${id} crashed: ${message}`);
      const { inHand } = isGone ? { inHand: 0 } : rig.dispatcher.gauges();
      if (inHand > 0) problems.push(`#${id} has ${inHand} records in hand`);
    }
    await installation.close();
    return { problems: problems.slice(0, 5), timeline: () => witness.timeline() };
  } finally {
    freeClock();
  }
}

/** Everybody is well again, and somebody lives. */
async function comeToRest(installation: Installation): Promise<void> {
  const { witness } = installation;
  await pass(LAST_TROUBLE_MS);
  for (const { log } of installation.running) {
    log.slowMs = 0;
    log.refusesCommits = false;
    log.troubles.length = 0;
  }
  if (installation.alive(0) === undefined) await until(installation.join());
  for (let second = 0; second < QUIET_WITHIN_S && !witness.isQuiet; second += 1) await pass(1_000);
}
