import type { EntityManager } from 'typeorm';
import { packed, packings, unpacked } from '../values/packed-values.ts';

interface Place {
  readonly partition: number;
  readonly offset: number;
}

interface Packed {
  readonly first_offset: string;
  readonly packing: number;
  readonly packed: Buffer;
}

const NOTHING = new Uint8Array(0);

/**
 * Takes these values out of the rows that they are packed into. What stands beside them stays where it is: an empty value takes the
 * place of each, so that offsets still count from the first. A row of which nothing is left goes.
 */
export async function blankValues(
  manager: EntityManager,
  topic: 'events' | 'outcomes',
  places: readonly Place[],
): Promise<void> {
  for (const partition of new Set(places.map((place) => place.partition))) {
    const offsets = new Set(
      places.filter((place) => place.partition === partition).map(({ offset }) => offset),
    );
    const rows = await manager.query<Packed[]>(
      `SELECT first_offset, packing, packed FROM record_values
       WHERE topic = $1 AND log_partition = $2 AND first_offset IN (
         SELECT (SELECT max(first_offset) FROM record_values
                 WHERE topic = $1 AND log_partition = $2 AND first_offset <= wanted)
         FROM unnest($3::bigint[]) AS wanted)
       ORDER BY first_offset FOR UPDATE`,
      [topic, partition, [...offsets]],
    );
    for (const row of rows)
      await blankIn(manager, [topic, partition, Number(row.first_offset)], row, offsets);
  }
}

async function blankIn(
  manager: EntityManager,
  key: readonly [topic: string, partition: number, first: number],
  row: Packed,
  offsets: ReadonlySet<number>,
): Promise<void> {
  const before = unpacked(row.packing, key[2], row.packed);
  const after = before.map((each) => (offsets.has(each.offset) ? { ...each, value: NOTHING } : each));
  const where = 'WHERE topic = $1 AND log_partition = $2 AND first_offset = $3';
  if (after.every(({ value }) => value.byteLength === 0)) {
    await manager.query(`DELETE FROM record_values ${where}`, [...key]);
    return;
  }
  await manager.query(`UPDATE record_values SET packing = $4, packed = $5 ${where}`, [
    ...key,
    packings.zstd,
    packed(after),
  ]);
}
