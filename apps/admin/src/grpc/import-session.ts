import type { Principal } from '#http-edge';
import { scanJson } from '#contracts';
import { checkedDto } from '../rest/checked-dto.ts';
import { importView } from '../rest/import.view.ts';
import { readLine } from '../rest/read-line.ts';
import { ImportRequest } from '../rest/transfer.requests.ts';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { refusedField } from '../use-cases/refused-field.ts';
import { importLines } from '../use-cases/transfer/import-lines.ts';
import { PlannedTable } from '../use-cases/transfer/planned-table.ts';
import type { ImportMessage } from './import-stream.ts';

/** A line as JSON has it, or why it is none. */
type ReadLine = { readonly value: unknown; readonly error?: Error };

/** What the messages of one import have in common: how it is to be done, and what a dry run has planned so far. */
export class ImportSession {
  readonly #admin: AdminContext;
  #chosen: Pick<ImportMessage, 'on_conflict' | 'dry_run'> | undefined;
  #planned: PlannedTable | undefined;

  constructor(admin: AdminContext) {
    this.#admin = admin;
  }

  /** Throws what ends the call. */
  async bring(message: ImportMessage, caller: Principal): Promise<object> {
    const body = await checkedDto(ImportRequest, { lines: [], ...this.#withChoices(message) });
    if (body.dry_run === true) this.#planned ??= new PlannedTable(this.#admin.control.table);
    const read = body.lines.map((line) => readJson(String(line)));
    const lines = await Promise.all(read.map(async ({ value, error }) => error ?? readLine(value)));
    const choices = { onConflict: body.on_conflict ?? 'fail', dryRun: this.#planned } as const;
    const { answers } = await importLines(this.#admin, caller, lines, choices);
    return importView(
      read.map(({ value }) => value),
      answers,
    );
  }

  /** Who tried first must not change for good because a later message left out to say so. */
  #withChoices(message: ImportMessage): ImportMessage {
    const { on_conflict: onConflict, dry_run: dryRun } = message;
    const chosen = (this.#chosen ??= { on_conflict: onConflict, dry_run: dryRun });
    for (const name of ['on_conflict', 'dry_run'] as const) {
      if (message[name] === undefined || message[name] === chosen[name]) continue;
      throw refusedField(`/${name}`, 'changed', 'is what the first message says, or left out');
    }
    return { ...message, ...chosen };
  }
}

function readJson(text: string): ReadLine {
  try {
    return { value: scanJson(Buffer.from(text)).value() };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { value: undefined, error };
  }
}
