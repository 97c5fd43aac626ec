/** Ms since the run began. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface FaultSpan extends Span {
  readonly what: string;
}

/** The time between two events of one tenant is shorter. */
const GAP_MS = 2_500;
/** A fault shows this late at most: heartbeats and elections have their own pace. */
const SHOWS_WITHIN_MS = 15_000;
/** What was held up by a fault is worked off after it. */
const AFTERMATH_MS = 10_000;
/** And what was just published when it began. */
const BEFORE_MS = 5_000;

export interface Recovery {
  readonly what: string;
  readonly at: number;
  /** Ms from the fault until the last of the healthy endpoints that paused was sent to again; 0: none paused. */
  readonly recoveredMs: number;
  readonly paused: number;
}

/** When deliveries came to endpoints whose receivers are well all the time: what a fault costs those who have no part in it. */
export class Steadiness {
  readonly #times = new Map<string, number[]>();
  readonly #latencies: { readonly at: number; readonly ms: number }[] = [];

  /** `at`: ms since the run began, of the first request of an event; `publishedAt`: when it was published first. */
  note(path: string, at: number, publishedAt: number): void {
    const times = this.#times.get(path) ?? [];
    this.#times.set(path, times);
    times.push(at);
    this.#latencies.push({ at: publishedAt, ms: at - publishedAt });
  }

  /** What each fault did to them: pauses that began soon after it, on each path. */
  recoveries(faults: readonly FaultSpan[]): readonly Recovery[] {
    return faults.map(({ what, from }) => {
      const ends = [...this.#times.values()].flatMap((times) => endOfPause(times, from) ?? []);
      return {
        what,
        at: from,
        recoveredMs: Math.max(0, ...ends) - (ends.length > 0 ? from : 0),
        paused: ends.length,
      };
    });
  }

  /** Publish to receive of events published while nothing was wrong, and had not been for a while, nor was soon after (P8). */
  undisturbed(faults: readonly Span[]): {
    readonly count: number;
    readonly p50: number;
    readonly p99: number;
  } {
    const calm = this.#latencies
      .filter(({ at }) => faults.every(({ from, to }) => at < from - BEFORE_MS || at > to + AFTERMATH_MS))
      .map(({ ms }) => ms)
      .sort((a, b) => a - b);
    const at = (share: number): number => calm[Math.floor(share * (calm.length - 1))] ?? 0;
    return { count: calm.length, p50: at(0.5), p99: at(0.99) };
  }
}

function endOfPause(times: readonly number[], fault: number): number | undefined {
  for (const [n, at] of times.entries()) {
    const next = times[n + 1];
    if (next === undefined || at > fault + SHOWS_WITHIN_MS) return undefined;
    // It began before the fault only as the time between two events.
    if (next > fault && at > fault - GAP_MS && next - at > GAP_MS) return next;
  }
  return undefined;
}
