import { setTimeout as delay } from 'node:timers/promises';
import type { ChaosFacts } from '../judge/facts.ts';
import { historyProblems, historyStatements, type HistoryRows } from '../judge/history.ts';
import type { Api } from './api.ts';
import type { Installation } from './installation.ts';

const AGAIN_MS = 1_000;
const SAMPLE = 25;

/** P5: waits until history agrees with the log; resolves with what differs after `withinMs`. */
export async function compareHistory(
  { query, reader }: Pick<Installation, 'query' | 'reader'>,
  facts: ChaosFacts,
  withinMs: number,
): Promise<readonly string[]> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const problems = await reader
      .readOn()
      .then(() => readHistory(query))
      .then((rows) => historyProblems(facts, rows, reader.positions))
      .catch((error: unknown) => [`history cannot be read: ${String(error)}`]);
    if (problems.length === 0 || performance.now() > deadline) return problems;
    await delay(AGAIN_MS);
  }
}

async function readHistory(query: Installation['query']): Promise<HistoryRows> {
  const [count] = await query<{ count: number }>(historyStatements.attempts);
  return {
    deliveries: await query(historyStatements.deliveries),
    events: await query(historyStatements.events),
    unmatched: await query(historyStatements.unmatched),
    days: await query(historyStatements.days),
    positions: await query(historyStatements.positions),
    attempts: count?.count ?? 0,
  };
}

/** The API must say the same as the log: nothing is pending, and some deliveries are looked at one by one. */
export async function askHistory(api: Api, facts: ChaosFacts): Promise<readonly string[]> {
  const { data } = await api.must<{ data: { id: string }[] }>('GET', '/deliveries?status=pending&limit=1');
  const problems = data.map(({ id }) => `the API shows delivery ${id} as pending`);
  const all = [...facts.deliveries.values()].filter(({ event }) => facts.events.has(event));
  const step = Math.max(1, Math.floor(all.length / SAMPLE));
  for (let at = 0; at < all.length; at += step) {
    const delivery = all[at];
    const [, latest] = delivery?.latest ?? [];
    if (delivery === undefined || latest?.end === undefined) continue;
    const tenant = facts.endpoints.get(delivery.endpoint)?.tenant;
    const path = `/events/${delivery.event}?tenant=${tenant}`;
    const event = await api.must<{ deliveries: { webhook_id: string; status: string }[] }>('GET', path);
    const shown = event.deliveries.find((one) => one.webhook_id === delivery.endpoint)?.status;
    const said = latest.end.decision.kind;
    if (shown !== said) problems.push(`GET ${path} shows ${shown}, the log says ${said}`);
  }
  return problems;
}
