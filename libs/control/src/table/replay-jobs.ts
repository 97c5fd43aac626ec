import { replayDecider, type ReplayFact, type ReplayState } from '#domain';

/** A job, and the number of its chains: the position of the fact that started it (R2). */
export interface ReplayJob extends ReplayState {
  readonly chain: number;
}

/** The replay jobs of all tenants, in order of their start. */
export class ReplayJobs {
  readonly #jobs = new Map<string, ReplayJob>();

  /** `offset`: where the fact stands in `control`. False: it did not fit. */
  apply(fact: ReplayFact, offset: number): boolean {
    const before = this.#jobs.get(fact.replayId);
    const after = replayDecider.evolve(before, fact);
    if (after === before || after === undefined) return false;
    this.#jobs.set(fact.replayId, { ...after, chain: before?.chain ?? offset });
    return true;
  }

  get(id: string): ReplayJob | undefined {
    return this.#jobs.get(id);
  }

  all(): IterableIterator<ReplayJob> {
    return this.#jobs.values();
  }

  /** The tenant is gone, and its jobs with it. */
  dropOf(tenantId: string): void {
    for (const job of this.#jobs.values()) if (job.tenantId === tenantId) this.#jobs.delete(job.id);
  }
}
