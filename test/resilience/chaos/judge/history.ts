import { statusAfter } from '#domain';
import { lastDecided, type ChaosFacts } from './facts.ts';

/** Rows of the read model, as SQL gives them. */
export interface HistoryRows {
  readonly deliveries: readonly {
    readonly endpoint: string;
    readonly event: string;
    readonly status: string;
    readonly chain: number;
    readonly attempt: number;
  }[];
  readonly events: readonly { readonly id: string; readonly duplicates: number }[];
  readonly unmatched: readonly { readonly id: string }[];
  /** Of all days; tests are not counted. */
  readonly days: readonly {
    readonly endpoint: string;
    readonly attempts: number;
    readonly delivered: number;
    readonly failed: number;
  }[];
  /** Attempts that a request was made for. */
  readonly attempts: number;
  readonly positions: readonly { readonly place: string; readonly next: number }[];
}

/** The statements that give them. */
export const historyStatements: Readonly<Record<keyof HistoryRows, string>> = {
  deliveries: `SELECT endpoint_id AS endpoint, event_id AS event, status, chain::integer AS chain, attempt FROM hyperhook.deliveries`,
  events: `SELECT id, duplicates FROM hyperhook.events`,
  unmatched: `SELECT event_id AS id FROM hyperhook.unmatched_events`,
  days: `SELECT endpoint_id AS endpoint, sum(attempts)::integer AS attempts, sum(delivered)::integer AS delivered,
         sum(failed)::integer AS failed FROM hyperhook.endpoint_days GROUP BY endpoint_id`,
  attempts: `SELECT count(*)::integer AS count FROM hyperhook.attempts WHERE started_at IS NOT NULL`,
  positions: `SELECT topic || '/' || log_partition AS place, min(next_offset)::integer AS next
              FROM hyperhook.projection_positions GROUP BY 1`,
};

/**
 * P5: what differs between the history and the log. `ends`: next offset of each `<topic>/<partition>`, where the log was read to.
 */
export function historyProblems(
  facts: ChaosFacts,
  rows: HistoryRows,
  ends: ReadonlyMap<string, number>,
): readonly string[] {
  const problems: string[] = [];
  const shown = new Map(rows.deliveries.map((row) => [`${row.endpoint} ${row.event}`, row]));
  let attempts = 0;
  const counts = new Map<string, { attempts: number; delivered: number; failed: number }>();
  for (const [key, delivery] of facts.deliveries) {
    if (delivery.chains.size === 0) continue;
    attempts += delivery.shown;
    count(counts, delivery);
    const [chain = 0, latest] = delivery.latest ?? [];
    const status = latest?.end === undefined ? 'pending' : statusAfter(latest.end.decision.kind);
    const said = `${status} ${chain} ${latest === undefined ? 0 : lastDecided(latest)}`;
    const row = shown.get(key);
    const shows = row === undefined ? 'nothing' : `${row.status} ${row.chain} ${row.attempt}`;
    if (said !== shows) problems.push(`${key}: history shows ${shows}, the log says ${said}`);
  }
  for (const key of shown.keys()) {
    if (!facts.deliveries.has(key)) problems.push(`${key} is in the history, and nowhere else`);
  }
  if (attempts !== rows.attempts)
    problems.push(`${rows.attempts} attempts in history, ${attempts} in the log`);
  return [
    ...problems,
    ...eventProblems(facts, rows),
    ...dayProblems(counts, rows),
    ...rows.positions
      .filter(({ place, next }) => ends.has(place) && ends.get(place) !== next)
      .map(({ place, next }) => `${place}: projected to ${next} of ${ends.get(place)}`),
  ];
}

type Counts = Map<string, { attempts: number; delivered: number; failed: number }>;

function count(counts: Counts, { endpoint, chains }: { endpoint: string; chains: ChainsOf }): void {
  const of = counts.get(endpoint) ?? { attempts: 0, delivered: 0, failed: 0 };
  for (const { askedBy, shown, end } of chains.values()) {
    if (askedBy === 'test') continue;
    of.attempts += shown.size;
    if (end?.decision.kind === 'delivered') of.delivered += 1;
    if (end?.decision.kind === 'failed') of.failed += 1;
  }
  if (of.attempts + of.delivered + of.failed > 0) counts.set(endpoint, of);
}

type ChainsOf =
  ChaosFacts['deliveries'] extends Map<string, infer Delivery>
    ? Delivery extends { readonly chains: infer Chains }
      ? Chains
      : never
    : never;

function eventProblems(facts: ChaosFacts, rows: HistoryRows): string[] {
  const duplicates = new Map(rows.events.map((row) => [row.id, row.duplicates]));
  const unmatched = new Set(rows.unmatched.map(({ id }) => id));
  const problems: string[] = [];
  for (const [id, event] of facts.events) {
    if (event.log === undefined) continue;
    const shown = duplicates.get(id);
    if (shown !== event.log.copies - 1) {
      problems.push(`${id}: history shows ${shown} copies, the log has ${event.log.copies - 1}`);
    }
    if (unmatched.has(id) !== event.unmatched) problems.push(`${id}: unmatched is not the same`);
  }
  return problems;
}

function dayProblems(counts: Counts, rows: HistoryRows): string[] {
  const shown = new Map(rows.days.map((row) => [row.endpoint, row]));
  return [...counts].flatMap(([endpoint, of]) => {
    const row = shown.get(endpoint);
    const same = row?.attempts === of.attempts && row.delivered === of.delivered && row.failed === of.failed;
    return same ? [] : [`counts of ${endpoint}: ${JSON.stringify(row)}, the log says ${JSON.stringify(of)}`];
  });
}
