import type { KeyUseRow } from '../entities/key-use-row.ts';
import { bulkTable, statementOf, type BulkColumn, type Statement } from './bulk-upsert.ts';

const columns: readonly BulkColumn<KeyUseRow>[] = [
  { name: 'key_id', kind: 'text', of: (row) => row.keyId },
  { name: 'last_used_at', kind: 'moment', of: (row) => row.lastUsedAt },
];

/** Processes tell of the same key one after the other: the latest use stays, in whatever order they come. */
export const latestUse =
  'ON CONFLICT (key_id) DO UPDATE SET last_used_at = greatest(t.last_used_at, excluded.last_used_at)';

const keyUses = bulkTable('key_uses', columns, latestUse);

export function upsertKeyUses(rows: readonly KeyUseRow[]): Statement {
  const latest = new Map<string, number>();
  for (const { keyId, lastUsedAt } of rows)
    latest.set(keyId, Math.max(lastUsedAt, latest.get(keyId) ?? lastUsedAt));
  return statementOf(
    keyUses,
    [...latest].map(([keyId, lastUsedAt]) => ({ keyId, lastUsedAt })),
  );
}
