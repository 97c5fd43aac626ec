import { Readable } from 'node:stream';
import type { Principal } from '#http-edge';
import { Body, Get, HttpCode, Inject, Post, Query, StreamableFile } from '@nestjs/common';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { backupControl } from '../use-cases/transfer/backup-control.ts';
import { exportAll } from '../use-cases/transfer/export-all.ts';
import { importLines } from '../use-cases/transfer/import-lines.ts';
import { PlannedTable } from '../use-cases/transfer/planned-table.ts';
import { AdminController } from './admin-controller.ts';
import { ADMIN } from './admin-token.ts';
import { Caller } from './caller.ts';
import { importView } from './import.view.ts';
import { TenantQuery } from './list.queries.ts';
import { readLine } from './read-line.ts';
import { Reply } from './reply.ts';
import { exportedLines } from './transfer-line.view.ts';
import { ImportRequest } from './transfer.requests.ts';

/** The operator's. */
@AdminController('import')
export class ImportController {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @Post()
  @HttpCode(200)
  async import(@Caller() caller: Principal, @Query() _query: TenantQuery, @Body() body: ImportRequest) {
    const lines = await Promise.all(body.lines.map(readLine));
    const dryRun = body.dry_run === true ? new PlannedTable(this.#admin.control.table) : undefined;
    const choices = { onConflict: body.on_conflict ?? 'fail', dryRun };
    const { answers, position } = await importLines(this.#admin, caller, lines, choices);
    return new Reply(importView(body.lines, answers), { position });
  }
}

/** The operator's. JSON lines, as they are opened: an installation may hold more than fits into one answer. */
@AdminController('export')
export class ExportController {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @Get()
  async export(@Caller() caller: Principal, @Query() _query: TenantQuery) {
    const lines = exportedLines(await exportAll(this.#admin, caller));
    return new StreamableFile(Readable.from(chunks(lines)), { type: 'application/x-ndjson' });
  }
}

/** The operator's. `control` itself, for a new installation to begin with. */
@AdminController('backup')
export class BackupController {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @Get()
  async backup(@Caller() caller: Principal, @Query() _query: TenantQuery) {
    const lines = await backupControl(this.#admin, caller);
    return new StreamableFile(Readable.from(lines), { type: 'application/x-ndjson' });
  }
}

const CHUNK_CHARACTERS = 64 * 1_024;

function* chunks(lines: Iterable<string>): Iterable<string> {
  let chunk = '';
  for (const line of lines) {
    chunk += `${line}\n`;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
