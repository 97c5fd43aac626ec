import { setTimeout as delay } from 'node:timers/promises';
// Not by the door of the testkit, which cannot be opened outside of jest.
import { eventually } from '../../libs/testkit/src/eventually.ts';
import { burstId, wants, type Burst } from './burst.ts';
import type { LedgerReceiver } from './ledger-receiver.ts';
import { OutcomeTally } from './outcome-tally.ts';

export interface LedgerParts {
  readonly receiver: LedgerReceiver;
  /** Paths at the receiver by endpoint id, `/<tenant>/<name>`: of `openEndpoints`. */
  readonly endpoints: ReadonlyMap<string, string>;
  readonly brokers: readonly string[];
  readonly prefix: string;
}

/** What a test prints, and promises. */
export interface Verdict {
  readonly accepted: number;
  /** Deliveries without an end in the log, or without the requests that the end tells of. */
  readonly lost: number;
  /** Requests made for an attempt that was made before. */
  readonly duplicated: number;
  /** P4: attempts in flight at the kills. */
  readonly bound: number;
  /** Of those duplicated: the ones that were in flight at no kill. P4 allows none. */
  readonly unforeseen: number;
  /** Some of what is lost or unforeseen, and what is known of it. */
  readonly examples: readonly string[];
}

/** Of Hypertune's page: one send, then seven delays. */
const ATTEMPTS = 8;

/** Judges by what receivers got and what the log holds: neither is told by the engine's processes. */
export class Ledger {
  readonly tally: OutcomeTally;
  readonly #parts: LedgerParts;
  /** How often a delivery may be sent beyond the attempts that the log knows, by what was in flight at the kills. */
  readonly #noted = new Map<string, number>();

  private constructor(parts: LedgerParts, tally: OutcomeTally) {
    this.#parts = parts;
    this.tally = tally;
  }

  static async open(parts: LedgerParts): Promise<Ledger> {
    return new Ledger(parts, await OutcomeTally.open(parts));
  }

  close(): Promise<void> {
    return this.tally.close();
  }

  /**
   * After the end (or the stop: SIGSTOP) of a sender: attempts that it made and whose outcome is not durable. They may
   * come again, and no others; counts them into the bound. With `pid` of a process that has ended, all that it sent
   * has been counted before.
   */
  async noteInFlight(pid: number, hasEnded = true): Promise<number> {
    const { receiver } = this.#parts;
    for (let turn = 0; hasEnded && turn < 500 && receiver.connectionsOf(pid) > 0; turn += 1) await delay(10);
    // What lies in the sockets of one that was only stopped is read in a few turns of the loop, however busy the machine.
    for (let quiet = 0, before = -1; quiet < 10;) {
      const now = receiver.receipts.filter(({ by }) => by === pid).length;
      quiet = now === before ? quiet + 1 : 0;
      before = now;
      await delay(50);
    }
    const sent = new Set(receiver.receipts.filter(({ by }) => by === pid).map(keyOf));
    // Read later, it says the same: what is sent again adds a request and an outcome.
    await eventually(() => this.tally.readOn(), 60_000);
    let inFlight = 0;
    for (const [key, repeats] of this.#repeats()) {
      const before = this.#noted.get(key) ?? 0;
      if (!sent.has(key) || repeats <= before) continue;
      this.#noted.set(key, repeats);
      inFlight += repeats - before;
    }
    return inFlight;
  }

  /** Waits until every delivery of the bursts has its end in the log; rejects with what is missing after `withinMs`. */
  async settled(bursts: readonly Burst[], withinMs = 60_000): Promise<void> {
    const deadline = performance.now() + withinMs;
    const expected = this.#expected(bursts);
    for (;;) {
      const read = await this.tally.readOn().then(
        () => true,
        () => false,
      );
      const open = expected.filter(({ logKey }) => !this.tally.of.get(logKey)?.ends.has(0));
      if (read && open.length === 0) return;
      if (performance.now() > deadline) {
        const first = open.slice(0, 5).map(({ key, logKey }) => this.#describe(key, logKey));
        throw new Error(`${open.length} deliveries have no end, the first:\n${first.join('\n')}`);
      }
      await delay(50);
    }
  }

  /** Of these bursts, once all is settled. */
  judge(bursts: readonly Burst[]): Verdict {
    const ids = new Set(bursts.flatMap((burst) => burst.numbers.map(burstId)));
    const isOurs = (key: string): boolean => ids.has(key.split(' ')[1] ?? '');
    const good = new Set(this.#parts.receiver.receipts.filter(({ status }) => status < 300).map(keyOf));
    const examples: string[] = [];
    let lost = 0;
    for (const { key, logKey, name } of this.#expected(bursts)) {
      const settled = this.tally.of.get(logKey);
      const end = settled?.ends.get(0);
      // An attempt that timed out on a busy machine never came to the receiver: the log counts it all the same.
      const isThere = name === 'dead' ? settled?.attempts.size === ATTEMPTS : good.has(key);
      if (isThere && end?.kind === (name === 'dead' ? 'failed' : 'delivered')) continue;
      lost += 1;
      examples.push(this.#describe(key, logKey));
    }
    const accepted = bursts.reduce((sum, { accepted: of }) => sum + of, 0);
    let duplicated = 0;
    let unforeseen = 0;
    for (const [key, repeats] of this.#repeats()) {
      if (!isOurs(key)) continue;
      duplicated += repeats;
      const beyond = Math.max(0, repeats - (this.#noted.get(key) ?? 0));
      unforeseen += beyond;
      if (beyond > 0) examples.push(`beyond: ${this.#describe(key)}`);
    }
    const bound = [...this.#noted].reduce((sum, [key, of]) => sum + (isOurs(key) ? of : 0), 0);
    return { accepted, lost, duplicated, bound, unforeseen, examples: examples.slice(0, 10) };
  }

  /** How each delivery of the bursts ended by the log: `<endpoint id> <event id>` to `<status> <attempts>`. */
  ends(bursts: readonly Burst[]): ReadonlyMap<string, string> {
    return new Map(
      this.#expected(bursts).map(({ logKey }) => {
        const settled = this.tally.of.get(logKey);
        return [logKey, `${settled?.ends.get(0)?.kind} ${settled?.attempts.size}`];
      }),
    );
  }

  /** Deliveries that there must be. */
  #expected(bursts: readonly Burst[]): readonly { key: string; logKey: string; name: string }[] {
    const byTenant = new Map<string, { id: string; path: string; name: string }[]>();
    for (const [id, path] of this.#parts.endpoints) {
      const [, tenant = '', name = ''] = path.split('/');
      byTenant.set(tenant, [...(byTenant.get(tenant) ?? []), { id, path, name }]);
    }
    return bursts.flatMap((burst) =>
      burst.numbers.flatMap((n) =>
        (byTenant.get(burst.tenantOf(n)) ?? [])
          .filter(({ name }) => wants(name, n))
          .map(({ id, path, name }) => ({
            key: `${path} ${burstId(n)}`,
            logKey: `${id} ${burstId(n)}`,
            name,
          })),
      ),
    );
  }

  #describe(key: string, logKey = this.#logKeyOf(key)): string {
    const { receiver } = this.#parts;
    const requests = receiver.receipts
      .filter((one) => keyOf(one) === key)
      .map(({ at, by, status }) => `${status} at ${at % 1_000_000} by ${by}`);
    const settled = this.tally.of.get(logKey);
    const ends = [...(settled?.ends ?? [])].map(([chain, end]) => `${chain} ${JSON.stringify(end)}`);
    return `${key}: requests ${requests.join(', ')}; log ${[...(settled?.attempts ?? [])].join(' ')}, ${ends.join(' ')}`;
  }

  #logKeyOf(key: string): string {
    const [path = '', event = ''] = key.split(' ');
    const [id] = [...this.#parts.endpoints].find(([, of]) => of === path) ?? [];
    return `${id} ${event}`;
  }

  /** Requests beyond the attempts that the log knows, where there are any. */
  #repeats(): ReadonlyMap<string, number> {
    const ids = new Map([...this.#parts.endpoints].map(([id, path]) => [path, id]));
    const repeats = new Map<string, number>();
    for (const [key, requests] of countBy(this.#parts.receiver.receipts.map(keyOf))) {
      const [path = '', event = ''] = key.split(' ');
      const known = this.tally.of.get(`${ids.get(path)} ${event}`)?.attempts.size ?? 0;
      if (requests > known) repeats.set(key, requests - known);
    }
    return repeats;
  }
}

const keyOf = ({ path, id }: { readonly path: string; readonly id: string }): string => `${path} ${id}`;

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** One line for people: what a fault cost. */
export function sayVerdict(fault: string, verdict: Verdict, recoverySeconds: number): void {
  const { accepted, lost, duplicated, bound } = verdict;
  process.stdout.write(
    `${fault}: ${accepted} accepted, ${lost} lost, ${duplicated} duplicated (bound ${bound}), ` +
      `recovered in ${recoverySeconds.toFixed(1)} s\n`,
  );
}
