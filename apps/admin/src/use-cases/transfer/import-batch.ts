import type { ControlChange, ControlTable } from '#control';
import type { AdminContext } from '../admin-context.ts';
import type { PlannedTable } from './planned-table.ts';
import type { TransferLine } from './transfer-line.ts';

/** Changes of one append: far below what the writer takes, though a change may be three facts. */
const MOST = 250;

/** What planning looks up. */
export type KnownThings = Pick<ControlTable, 'tenant' | 'key' | 'keyByHash' | 'endpoint'>;

/** Two keys of one text would be one credential of two owners: only the table tells which came first. */
function hasHash(change: ControlChange, hash: string): boolean {
  return (
    change.on === 'key' &&
    change.commands.some((command) => command.type === 'create' && command.hash === hash)
  );
}

/**
 * The changes of lines that follow each other, written together: one append, however many they are.
 *
 * 1. A line is planned on a table that has passed everything it builds on: what concerns it is written first.
 * 2. A dry run writes nothing; its table is the real one with what was planned on top.
 */
export class ImportBatch {
  readonly #context: Pick<AdminContext, 'control' | 'writer'>;
  readonly #actor: string;
  readonly #planned: PlannedTable | undefined;
  readonly #onLost: (at: number) => void;
  #waiting: { readonly at: number; readonly change: ControlChange }[] = [];
  #position: number;

  /** `planned`: for a dry run; `onLost`: the change of the line at this index came too late. */
  constructor(
    context: Pick<AdminContext, 'control' | 'writer'>,
    actor: string,
    planned: PlannedTable | undefined,
    onLost: (at: number) => void,
  ) {
    this.#context = context;
    this.#actor = actor;
    this.#planned = planned;
    this.#onLost = onLost;
    this.#position = context.control.position;
  }

  /** Control position that a reader must have passed to see what was written. */
  get position(): number {
    return this.#position;
  }

  get table(): KnownThings {
    return this.#planned ?? this.#context.control.table;
  }

  get isFull(): boolean {
    return this.#waiting.length >= MOST;
  }

  /** What it builds on waits to be written. */
  concerns(line: TransferLine): boolean {
    const tenant = line.kind === 'tenant' ? line.id : line.tenant;
    const on = line.kind === 'webhook' ? 'endpoint' : line.kind;
    return this.#waiting.some(
      ({ change }) =>
        (change.on === 'tenant' && change.id === tenant) ||
        (change.on === on && change.id === line.id) ||
        (line.kind === 'key' && hasHash(change, line.hash)),
    );
  }

  add(at: number, change: ControlChange): void {
    if (this.#planned === undefined) this.#waiting.push({ at, change });
    else this.#planned.apply(change);
  }

  async write(): Promise<void> {
    const written = this.#waiting;
    if (written.length === 0) return;
    this.#waiting = [];
    const { position, applied } = await this.#context.writer.many(
      written.map(({ change }) => change),
      this.#actor,
    );
    this.#position = position;
    for (const [index, { at }] of written.entries()) if (applied[index] !== true) this.#onLost(at);
  }
}
