import { isDeepStrictEqual } from 'node:util';
import type { DataSource } from 'typeorm';
import { readValues } from '../values/read-values.ts';

/** A value in the body of an event, by its place. */
export interface BodyMatch {
  /** RFC 6901, into the body as it is sent. */
  readonly pointer: string;
  readonly equals: string | number | boolean | null;
}

export interface EventSearch {
  /**
   * Ids of the tenant's events whose kept body holds the value, oldest first, `limit` at most. Reads every body that is kept
   * of the tenant: for the operator's rare questions.
   */
  readonly findEvents: (tenantId: string, match: BodyMatch, limit: number) => Promise<readonly string[]>;
}

const PAGE = 500;

interface Row {
  readonly id: string;
  readonly at: string;
  readonly partition: number;
  readonly offset: number;
}

export function eventSearch(dataSource: DataSource): EventSearch {
  const page = (tenantId: string, after: Row | undefined) =>
    dataSource.query<Row[]>(
      `SELECT id, accepted_at::text AS at, log_partition AS partition, log_offset::float8 AS "offset" FROM events
       WHERE tenant_id = $1 AND ($2::timestamptz IS NULL OR (accepted_at, id) > ($2::timestamptz, $3::text))
       ORDER BY accepted_at, id LIMIT ${PAGE}`,
      [tenantId, after?.at ?? null, after?.id ?? null],
    );
  return {
    findEvents: async (tenantId, match, limit) => {
      const found: string[] = [];
      for (
        let rows = await page(tenantId, undefined);
        rows.length > 0;
        rows = await page(tenantId, rows.at(-1))
      ) {
        const [first] = rows;
        // A tenant has one partition (R1).
        const offsets = rows.map(({ offset }) => offset);
        const values = await readValues(dataSource, 'events', first?.partition ?? 0, offsets);
        for (const { id, offset } of rows) {
          if (holds(values.get(offset), match)) found.push(id);
          if (found.length === limit) return found;
        }
      }
      return found;
    },
  };
}

function holds(body: Uint8Array | undefined, { pointer, equals }: BodyMatch): boolean {
  if (body === undefined || body.byteLength === 0) return false;
  let value: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
  for (const step of pointer.split('/').slice(1)) {
    if (value === null || typeof value !== 'object') return false;
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    value = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
  }
  return isDeepStrictEqual(value, equals);
}
