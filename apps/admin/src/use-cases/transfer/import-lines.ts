import { partitionOf } from '#log';
import { Rejected } from '#domain';
import { Refused, requireScope, type Principal } from '#http-edge';
import type { AdminContext } from '../admin-context.ts';
import { refusedField } from '../refused-field.ts';
import { ImportBatch } from './import-batch.ts';
import { planEndpoint } from './plan-endpoint.ts';
import { planKey } from './plan-key.ts';
import type { ConflictChoice, LinePlan, LineResult, PlanContext } from './plan-line.ts';
import { planTenant } from './plan-tenant.ts';
import type { PlannedTable } from './planned-table.ts';
import type { TransferLine } from './transfer-line.ts';

export interface ImportChoices {
  readonly onConflict: ConflictChoice;
  /** Given: judges every line and changes nothing but this; what was planned before in it counts as done. */
  readonly dryRun?: PlannedTable | undefined;
}

export interface LineAnswer {
  readonly result: LineResult;
  /** Of what was refused, and of a conflict. */
  readonly error?: Error;
}

export interface Imported {
  /** In the order of the lines. */
  readonly answers: readonly LineAnswer[];
  readonly position: number;
}

/**
 * Brings tenants, keys and endpoints in as they are elsewhere, with their ids and secrets. Lines stand for what is to be,
 * so the same lines again change nothing: whoever did not hear the answer sends them again. A line that is refused stops
 * no other. A line that could not be read comes as the error that says why.
 */
export async function importLines(
  context: AdminContext,
  principal: Principal,
  lines: readonly (TransferLine | Error)[],
  choices: ImportChoices,
): Promise<Imported> {
  requireScope(principal, 'admin');
  const ends = await context.log.endOffsets('outcomes');
  const outcomesEnd = (tenantId: string) => {
    const partition = partitionOf(tenantId, context.partitions);
    return { partition, offset: ends[partition] ?? 0 };
  };
  const answers: LineAnswer[] = [];
  const batch = new ImportBatch(context, principal.actor, choices.dryRun, (at) => {
    const error = new Rejected('conflict', 'changed by somebody else meanwhile; import the line again');
    answers[at] = { result: 'conflict', error };
  });
  for (const [at, line] of lines.entries()) {
    if (line instanceof Error) {
      answers.push({ result: 'refused', error: line });
      continue;
    }
    if (principal.tenantId !== null && principal.tenantId !== ownerOf(line)) {
      answers.push({ result: 'refused', error: foreign(line, principal.tenantId) });
      continue;
    }
    if (batch.concerns(line)) await batch.write();
    try {
      const plan = planned({ ...context, control: batch }, line, choices.onConflict, outcomesEnd);
      answers.push(answerOf(plan));
      if (plan.change !== undefined) batch.add(at, plan.change);
    } catch (error) {
      answers.push(refusal(error));
    }
    if (batch.isFull) await batch.write();
  }
  await batch.write();
  return { answers, position: batch.position };
}

const ownerOf = (line: TransferLine): string | null => (line.kind === 'tenant' ? line.id : line.tenant);

function foreign(line: TransferLine, tenantId: string): Refused {
  const pointer = line.kind === 'tenant' ? '/id' : '/tenant';
  return refusedField(pointer, 'not_found', `no such tenant here: this call acts for ${tenantId}`);
}

function planned(
  context: PlanContext,
  line: TransferLine,
  choice: ConflictChoice,
  outcomesEnd: Parameters<typeof planEndpoint>[3],
): LinePlan {
  if (line.kind === 'tenant') return planTenant(context, line, choice);
  if (line.kind === 'key') return planKey(context, line, choice);
  return planEndpoint(context, line, choice, outcomesEnd);
}

function answerOf({ result, detail }: LinePlan): LineAnswer {
  return detail === undefined ? { result } : { result, error: new Refused('conflict', detail) };
}

function refusal(error: unknown): LineAnswer {
  if (!(error instanceof Refused || error instanceof Rejected)) throw error;
  const isConflict = error.code === 'conflict' || error.code === 'already_exists';
  return { result: isConflict ? 'conflict' : 'refused', error };
}
