import type { Api } from './api.ts';
import type { Row } from './screen.ts';
import type { Actor, ActorName } from './stage.ts';
import type { AttemptView, DeliveryDetail, Watch } from './watch.ts';

export interface Verdict {
  readonly rows: readonly Row[];
  readonly failures: readonly string[];
  readonly checks: number;
}

interface Expected {
  readonly type: string;
  readonly count: number;
  readonly status: string;
  readonly attempts: number;
}

const once = (type: string, count = 1): Expected => ({ type, count, status: 'delivered', attempts: 1 });

/** What must have become of each actor's deliveries. */
const expected: Readonly<Record<ActorName, readonly Expected[]>> = {
  spell: [once('index-started'), once('index-completed')],
  tune: [once('NEW_COMMIT')],
  leap: ['lead.captured', 'conversation.started', 'conversation.message', 'conversation.reply'].map((type) =>
    once(type),
  ),
  watch: [once('host.enrolled'), once('host.online', 2), once('host.offline'), once('query.completed')],
  flaky: [{ type: 'NEW_COMMIT', count: 1, status: 'delivered', attempts: 3 }],
  down: [
    { type: 'host.online', count: 1, status: 'failed', attempts: 5 },
    { type: 'host.offline', count: 1, status: 'delivered', attempts: 1 },
  ],
  gone: [{ type: 'order.paid', count: 1, status: 'failed', attempts: 1 }],
};

const MINUTE = 60_000;
/** Waits after each failed attempt, by the pages (contract time, in ms). */
const documentedWaits: Readonly<Partial<Record<ActorName, readonly number[]>>> = {
  flaky: [16_000, MINUTE],
  down: [MINUTE, 5 * MINUTE, 30 * MINUTE, 120 * MINUTE],
};

/** Compares what the API tells with what the pages promise, and with what the receivers saw. */
export async function checkAll(stage: {
  readonly api: Api;
  readonly watch: Watch;
  readonly actors: ReadonlyMap<ActorName, Actor>;
  readonly timeScale: number;
}): Promise<Verdict> {
  const failures: string[] = [];
  let checks = 0;
  const expect = (held: boolean, otherwise: string): void => {
    checks += 1;
    if (!held) failures.push(otherwise);
  };
  const rows: Row[] = [];

  for (const [name, actor] of stage.actors) {
    const mine = stage.watch.deliveries.filter((one) => one.tenant === actor.tenant);
    const details = await Promise.all(mine.map(({ id }) => stage.watch.detail(id)));
    for (const { type, count, status, attempts } of expected[name]) {
      const found = details.filter((one) => one.type === type);
      expect(found.length === count, `${name} ${type}: ${count} deliveries expected, ${found.length} found`);
      for (const one of found) {
        expect(
          one.status === status,
          `${name} ${type}: ${status} expected, it is ${one.status} (${one.last_status_code ?? one.last_error})`,
        );
        expect(
          one.attempts === attempts,
          `${name} ${type}: ${attempts} attempts expected, ${one.attempts} made`,
        );
        rows.push(rowOf(actor, one));
      }
    }
    checkReceiver(name, actor, expect);
    checkWaits(name, details, stage.timeScale, expect);
  }
  const states: readonly [ActorName, string][] = [
    ['down', 'active'],
    ['gone', 'failed'],
  ];
  for (const [name, status] of states) {
    const actor = stage.actors.get(name);
    const path = `/webhooks/${actor?.endpoint}?tenant=${actor?.tenant}`;
    const webhook = await stage.api.get<{ status: string }>(path);
    expect(webhook.status === status, `${name}: endpoint should be ${status}, it is ${webhook.status}`);
  }
  return { rows, failures, checks };
}

type Expect = (held: boolean, otherwise: string) => void;

/** The receiver's own view: everything it got was genuine, and each good answer came once. */
function checkReceiver(name: ActorName, { receiver, contract }: Actor, expect: Expect): void {
  const unverified = receiver.seen.filter(({ verified }) => !verified).length;
  expect(
    unverified === 0,
    `${name}: its receiver refused ${unverified} of ${receiver.seen.length} requests as not genuine`,
  );
  const accepted = receiver.seen.filter(({ status }) => status < 300);
  const due = expected[name]
    .filter(({ status }) => status === 'delivered')
    .reduce((sum, { count }) => sum + count, 0);
  expect(
    accepted.length === due,
    `${name}: its receiver accepted ${accepted.length} requests, ${due} expected`,
  );
  // A retry repeats the key it is deduplicated by; what was answered well never comes twice.
  const mayRepeat = name === 'flaky' || name === 'down';
  const repeated = accepted.filter((one) => one.repeated).length;
  if (!mayRepeat) expect(repeated === 0, `${name} (${contract}): ${repeated} requests came a second time`);
}

/** Never early, and not later than a busy laptop explains. */
function checkWaits(
  name: ActorName,
  details: readonly DeliveryDetail[],
  timeScale: number,
  expect: Expect,
): void {
  const waits = documentedWaits[name];
  const failing = details.find((one) => one.attempt_log.some(({ result }) => result === 'retry'));
  if (waits === undefined || failing === undefined) {
    if (waits !== undefined) expect(false, `${name}: no retry was made`);
    return;
  }
  const retries = failing.attempt_log.filter(({ result }) => result === 'retry');
  expect(
    retries.length === waits.length,
    `${name}: ${waits.length} retries expected, ${retries.length} made`,
  );
  retries.forEach((attempt, at) => {
    const promised = (waits[at] ?? 0) * timeScale;
    const planned = plannedWait(attempt);
    const off = Math.abs(planned - promised);
    expect(
      off <= 2,
      `${name}: wait ${at + 1} should be ${promised.toFixed(0)} ms at this time scale, it was ${planned} ms`,
    );
  });
}

function plannedWait({ at, next_attempt_at: next }: AttemptView): number {
  return next === null ? Number.NaN : Date.parse(next) - Date.parse(at);
}

function rowOf(actor: Actor, one: DeliveryDetail): Row {
  const waited = one.attempt_log.flatMap(({ waits_in: tiers }) => tiers ?? []);
  const refused = actor.receiver.seen.some(({ verified }) => !verified);
  return {
    contract: actor.contract,
    event: one.type,
    attempts: one.attempts,
    waited: waited.length === 0 ? '–' : waited.join(' '),
    status: one.status,
    verified: refused ? 'no' : 'yes',
  };
}
