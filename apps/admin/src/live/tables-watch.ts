import { partitionOf } from '#log';
import type { History } from '../use-cases/history.ts';

/**
 * Finds out whose deliveries look different in the tables, at no cost to those who write them: by the positions of the
 * projections, which move in the transaction of the rows (P5), and only where those moved by marks of the tenants that
 * somebody looks at.
 *
 * 1. Whoever is new has no mark yet, and counts as changed at the first move of its partition.
 * 2. After a failure nothing is known of the time between: what is compared with next are the positions before it.
 */
export class TablesWatch {
  readonly #history: Pick<History, 'deliveriesReached' | 'deliveryMarks'>;
  readonly #partitions: number;
  #reached: ReadonlyMap<number, string> | undefined;
  #marks = new Map<string, string>();

  constructor(history: Pick<History, 'deliveriesReached' | 'deliveryMarks'>, partitions: number) {
    this.#history = history;
    this.#partitions = partitions;
  }

  /** Nobody looks any more: the next look begins anew. */
  forget(): void {
    this.#reached = undefined;
    this.#marks.clear();
  }

  /** Which of `tenantIds` changed since the last look, and whether anybody's deliveries did. The first look finds nothing. */
  async look(
    tenantIds: ReadonlySet<string>,
  ): Promise<{ readonly any: boolean; readonly tenants: readonly string[] }> {
    const before = this.#reached;
    const now = await this.#history.deliveriesReached();
    const moved = (partition: number) => before?.get(partition) !== now.get(partition);
    const any = before !== undefined && [...new Set([...before.keys(), ...now.keys()])].some(moved);
    const asked = any ? [...tenantIds].filter((id) => moved(partitionOf(id, this.#partitions))) : [];
    const marks = asked.length === 0 ? new Map<string, string>() : await this.#history.deliveryMarks(asked);
    this.#reached = now;
    const tenants = asked.filter((id) => this.#marks.get(id) !== marks.get(id));
    const kept = [...this.#marks].filter(([id]) => tenantIds.has(id));
    this.#marks = new Map([...kept, ...marks]);
    return { any, tenants };
  }
}
