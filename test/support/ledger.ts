import { setTimeout as delay } from 'node:timers/promises';
import { burstId, isWanted, type Burst } from './burst.ts';
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
    const sent = new Set(receiver.receipts.filter(({ by }) => by === pid).map(keyOf));
    await this.tally.readOn();
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
        const first = open.slice(0, 5).map(({ key }) => key);
        throw new Error(`${open.length} deliveries have no end, the first: ${first.join(', ')}`);
      }
      await delay(50);
    }
  }

  /** Call it once all is settled. */
  judge(bursts: readonly Burst[]): Verdict {
    const requests = countBy(this.#parts.receiver.receipts.map(keyOf));
    const good = new Set(this.#parts.receiver.receipts.filter(({ status }) => status < 300).map(keyOf));
    let lost = 0;
    for (const { key, logKey, name } of this.#expected(bursts)) {
      const end = this.tally.of.get(logKey)?.ends.get(0);
      const isThere = name === 'dead' ? (requests.get(key) ?? 0) >= ATTEMPTS : good.has(key);
      if (!isThere || end?.kind !== (name === 'dead' ? 'failed' : 'delivered')) lost += 1;
    }
    const accepted = bursts.reduce((sum, { accepted: of }) => sum + of, 0);
    let duplicated = 0;
    let unforeseen = 0;
    for (const [key, repeats] of this.#repeats()) {
      duplicated += repeats;
      unforeseen += Math.max(0, repeats - (this.#noted.get(key) ?? 0));
    }
    const bound = [...this.#noted.values()].reduce((sum, of) => sum + of, 0);
    return { accepted, lost, duplicated, bound, unforeseen };
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
          .filter(({ name }) => name !== 'dead' || isWanted(n))
          .map(({ id, path, name }) => ({
            key: `${path} ${burstId(n)}`,
            logKey: `${id} ${burstId(n)}`,
            name,
          })),
      ),
    );
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
