import { backupLines, type BackupHead } from '#control';
import { Refused, requireScope, type Principal } from '#http-edge';
import type { AdminContext } from '../admin-context.ts';

/**
 * `control` as it stands, record by record, to be restored into a new installation. Secrets in it stay sealed. That it was
 * taken is a fact before the first line is sent, and the last one in it.
 */
export async function backupControl(
  context: Pick<AdminContext, 'control' | 'writer' | 'log' | 'now'>,
  principal: Principal,
): Promise<AsyncIterable<string>> {
  requireScope(principal, 'admin');
  if (principal.tenantId !== null) {
    throw new Refused('forbidden', 'a backup is of the whole installation; name no tenant');
  }
  const { table } = context.control;
  const { installation } = table;
  if (installation === undefined) throw new Refused('unavailable', 'the installation is not known here yet');
  const at = context.now();
  const tenants = [...table.tenants()].length;
  const counts = { tenants, keys: [...table.keys()].length, endpoints: table.endpointCount };
  const fact = { type: 'installation.exported', what: 'backup', ...counts, at } as const;
  const { position: end } = await context.writer.fact(fact, principal.actor);
  const { partitions, timeScale } = installation;
  const head: BackupHead = { kind: 'hyperhook.backup', version: 1, partitions, timeScale, end, at };
  return backupLines(head, context.log.read('control', 0, 0, end));
}
