import type { ReplayCursor, ReplaySelection } from '#domain';

/** What a job looks at: the same things whenever it looks, however far it has got. */
export interface ReplayBounds {
  readonly tenantId: string;
  readonly selection: ReplaySelection;
  /** Epoch ms: what changed later is not as it was when the job began. */
  readonly startedAt: number;
  /** The number of the job's chains; null: it has not begun. */
  readonly chain: number | null;
}

interface Sql {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Values of one statement, by the names that it has for them. */
class Values {
  readonly all: unknown[] = [];

  add(value: unknown): string {
    this.all.push(value);
    return `$${this.all.length}`;
  }

  moment(at: number): string {
    return `${this.add(new Date(at))}::timestamptz`;
  }
}

const KEPT = `e.slot AS kept_slot, e.log_partition AS kept_partition, e.log_offset AS kept_offset,
  e.occurred_at AS kept_occurred_at, e.accepted_at AS kept_accepted_at`;

const OF_DELIVERY = `SELECT d.created_at AS at, d.id::text AS id, d.id::text AS delivery_id, d.endpoint_id, d.event_id,
  d.event_type, d.event_offset, d.chain, d.term, d.occurred_at, d.created_at AS accepted_at, true AS is_fanned_out, ${KEPT}
  FROM deliveries d LEFT JOIN events e ON e.tenant_id = d.tenant_id AND e.id = d.event_id`;

/** Fanned out: an outcome tells that nobody wanted it, or there is a delivery of it. */
const ofMissing = (endpoint: string) => `SELECT e.accepted_at AS at, e.id AS id, d.id::text AS delivery_id,
  ${endpoint} AS endpoint_id, e.id AS event_id, e.type AS event_type, e.log_offset AS event_offset, d.chain, d.term,
  e.occurred_at, e.accepted_at,
  (EXISTS (SELECT FROM unmatched_events u WHERE u.tenant_id = e.tenant_id AND u.event_id = e.id)
    OR EXISTS (SELECT FROM deliveries o WHERE o.event_id = e.id AND o.tenant_id = e.tenant_id)) AS is_fanned_out, ${KEPT}
  FROM events e LEFT JOIN deliveries d
    ON d.event_id = e.id AND d.tenant_id = e.tenant_id AND d.endpoint_id = ${endpoint}`;

/** One page, in order of (time, id). */
export function pageSql(bounds: ReplayBounds, after: ReplayCursor | null, limit: number): Sql {
  const values = new Values();
  const isMissed = bounds.selection.what === 'missed';
  const place = isMissed ? '(e.accepted_at, e.id)' : '(d.created_at, d.id)';
  const id = (given: ReplayCursor) => `${values.add(given.id)}::${isMissed ? 'text' : 'uuid'}`;
  const beyond = after === null ? [] : [`${place} > (${values.moment(after.at)}, ${id(after)})`];
  const order = isMissed ? 'e.accepted_at, e.id' : 'd.created_at, d.id';
  const most = values.add(limit);
  const parts = sources(bounds, values, beyond).map((part) => `(${part} ORDER BY ${order} LIMIT ${most})`);
  const all = parts.join(' UNION ALL ');
  const text =
    parts.length === 1
      ? all
      : `SELECT * FROM (${all}) AS both_parts ORDER BY at, id COLLATE "C" LIMIT ${most}`;
  return { text, values: values.all };
}

/** How many are alike in what decides about them. */
export function tallySql(bounds: ReplayBounds, oldest: number | null): Sql {
  const values = new Values();
  const tooOld = oldest === null ? 'false' : `coalesce(kept_occurred_at < ${values.moment(oldest)}, false)`;
  const rows = sources(bounds, values, []).join(' UNION ALL ');
  const text = `SELECT endpoint_id AS "endpointId", kept_offset IS NOT NULL AS "isKept", ${tooOld} AS "isTooOld",
      is_fanned_out AS "isFannedOut", count(*)::int AS count
    FROM (${rows}) AS candidates GROUP BY 1, 2, 3, 4`;
  return { text, values: values.all };
}

/**
 * The rows of a job: those that it is about, and those that it has asked for already, whose rows changed by that. Two
 * parts, so that each finds its index.
 */
function sources(bounds: ReplayBounds, values: Values, beyond: readonly string[]): readonly string[] {
  const { selection, chain } = bounds;
  if (selection.what === 'missed') {
    const asked = chain === null ? 'false' : `d.chain = ${values.add(chain)}`;
    const where = [...eventConditions(bounds, values), `(d.id IS NULL OR ${asked})`, ...beyond];
    return [`${ofMissing(`${values.add(selection.endpointId)}::text`)} WHERE ${where.join(' AND ')}`];
  }
  const common = [`d.tenant_id = ${values.add(bounds.tenantId)}`, 'NOT d.test', ...beyond];
  const first = [...common, ...deliveryConditions(bounds, values)];
  if (chain === null) return [`${OF_DELIVERY} WHERE ${first.join(' AND ')}`];
  const number = values.add(chain);
  return [
    `${OF_DELIVERY} WHERE ${[...first, `d.chain < ${number}`].join(' AND ')}`,
    `${OF_DELIVERY} WHERE ${[...common, `d.chain = ${number}`, 'd.chain > 0'].join(' AND ')}`,
  ];
}

function deliveryConditions({ selection, startedAt }: ReplayBounds, values: Values): readonly string[] {
  const { what, endpointId, types, statuses, since, until, terms } = selection;
  const time = what === 'failed' ? 'd.updated_at' : 'd.created_at';
  const wanted = what === 'held' ? ['held'] : statuses;
  return [
    `d.status = ANY(${values.add(wanted)}::text[])`,
    `d.updated_at <= ${values.moment(startedAt)}`,
    ...(what === 'held' ? [`d.term = ANY(${values.add(terms)}::integer[])`] : []),
    ...(endpointId === null ? [] : [`d.endpoint_id = ${values.add(endpointId)}`]),
    ...(types.length === 0 ? [] : [`d.event_type = ANY(${values.add(types)}::text[])`]),
    ...between(time, since, until, values),
  ];
}

function eventConditions(
  { tenantId, selection, startedAt }: ReplayBounds,
  values: Values,
): readonly string[] {
  const { types, since, until } = selection;
  return [
    `e.tenant_id = ${values.add(tenantId)}`,
    `e.accepted_at <= ${values.moment(startedAt)}`,
    ...(types.length === 0 ? [] : [`e.type = ANY(${values.add(types)}::text[])`]),
    ...between('e.accepted_at', since, until, values),
  ];
}

const between = (time: string, since: number | null, until: number | null, values: Values) => [
  ...(since === null ? [] : [`${time} >= ${values.moment(since)}`]),
  ...(until === null ? [] : [`${time} <= ${values.moment(until)}`]),
];
