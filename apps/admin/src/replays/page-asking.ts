import type { Contract } from '#contracts';
import type { ReplayJob } from '#control';
import { skipReasons, type ReplayProgress, type SkipReason } from '#domain';
import type { NewRecord } from '#log';
import type { ReplayCandidate } from '#read-model';
import type { AskedBefore } from './asked-before.ts';
import { deliveryOf, recordFor } from './candidate-record.ts';
import type { Pace } from './pace.ts';
import type { ReplayWorld } from './replay-world.ts';

/** Records of one append at most, and their bytes. */
const MAX_RECORDS = 100;
const MAX_BYTES = 512 * 1_024;

export interface PageAsking {
  readonly job: ReplayJob;
  readonly contract: Contract;
  readonly partition: number;
  readonly before: AskedBefore;
  readonly pace: Pace;
  /** Asked before each append: paused, cancelled, or somebody else's by now. */
  readonly mayGoOn: () => boolean;
  readonly signal: AbortSignal;
}

/**
 * Asks for one page, in its order, at the job's rate. Answers how far it got: durable, and to be written down. Throws
 * LogError; what was asked for by then is found in the log.
 */
export async function askPage(
  world: ReplayWorld,
  page: readonly ReplayCandidate[],
  asking: PageAsking,
): Promise<ReplayProgress> {
  const { job, before, pace, signal } = asking;
  const tally = new Tally(job.progress);
  let next = 0;
  while (next < page.length && asking.mayGoOn()) {
    const now = world.now();
    const most = Math.min(MAX_RECORDS, Math.max(1, Math.floor(job.ratePerSecond / 10)));
    const records: NewRecord[] = [];
    const met: string[] = [];
    const skipped: SkipReason[] = [];
    let bytes = 0;
    let known = 0;
    let to = next;
    for (; to < page.length && to - next < most && bytes < MAX_BYTES; to += 1) {
      const candidate = page[to] as ReplayCandidate;
      const id = deliveryOf(job, candidate);
      if (candidate.chain === job.chain || before.deliveries.has(id)) {
        known += 1;
        met.push(id);
        continue;
      }
      const made = recordFor(job, candidate, { ...asking, table: world.control.table, now });
      if (typeof made === 'string') skipped.push(made);
      else {
        records.push(made);
        bytes += made.value.byteLength;
      }
    }
    const appended = records.length === 0 ? [] : await world.log.append(records);
    for (const id of met) before.deliveries.delete(id);
    const end = records[0]?.topic === 'deliveries' ? (appended.at(-1)?.offset ?? -1) + 1 : 0;
    tally.add({ asked: known + records.length, skipped, end, place: page[to - 1]?.place ?? null });
    world.metrics.asked(records.length);
    for (const reason of skipped) world.metrics.skipped(reason, 1);
    next = to;
    if (records.length > 0) await pace.wait(records.length, job.ratePerSecond, signal);
  }
  return tally.progress(before);
}

class Tally {
  #progress: ReplayProgress;
  #end: number;

  constructor(progress: ReplayProgress) {
    this.#progress = progress;
    this.#end = progress.askedFrom;
  }

  add(chunk: {
    asked: number;
    skipped: readonly SkipReason[];
    end: number;
    place: ReplayProgress['cursor'];
  }): void {
    const { asked, skipped, cursor, ...rest } = this.#progress;
    const counts = Object.fromEntries(
      skipReasons.flatMap((reason) => {
        const count = (skipped[reason] ?? 0) + chunk.skipped.filter((one) => one === reason).length;
        return count === 0 ? [] : [[reason, count]];
      }),
    );
    this.#progress = {
      ...rest,
      asked: asked + chunk.asked,
      skipped: counts,
      cursor: chunk.place ?? cursor,
    };
    this.#end = Math.max(this.#end, chunk.end);
  }

  /** Where its askings may stand moves on once nothing that was asked for before can be met any more. */
  progress(before: AskedBefore): ReplayProgress {
    if (before.deliveries.size > 0) return this.#progress;
    return { ...this.#progress, askedFrom: Math.max(this.#end, before.end) };
  }
}
