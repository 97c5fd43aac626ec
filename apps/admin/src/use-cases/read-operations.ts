import { requireScope, type Principal } from '#http-edge';
import type { MinuteCounts, Overview, Page, PageAsk, QuarantineRow } from '#read-model';
import type { AdminContext } from './admin-context.ts';
import { fromHistory } from './history.ts';

type Context = Pick<AdminContext, 'history' | 'logger'>;

/** The whole installation at a glance, from the tables. */
export async function getOverview(context: Context, principal: Principal): Promise<Overview> {
  requireScope(principal, 'admin');
  return fromHistory(context, (history) => history.overview());
}

/** The last hour, minute by minute, oldest first. */
export async function listMinutes(context: Context, principal: Principal): Promise<readonly MinuteCounts[]> {
  requireScope(principal, 'admin');
  return fromHistory(context, (history) => history.recentMinutes());
}

/** `redrivenAt`: when it was put into its topic once more, epoch ms; null: it was not. */
export type QuarantinedRecord = QuarantineRow & { readonly redrivenAt: number | null };

/** Records that nobody could read (P9), newest first. */
export async function listQuarantine(
  context: Context,
  principal: Principal,
  ask: PageAsk,
): Promise<Page<QuarantinedRecord>> {
  requireScope(principal, 'admin');
  return fromHistory(context, async (history) => {
    const page = await history.listQuarantine(ask);
    const redriven = await history.redrivenAt(page.items.map(recordIdOf));
    const items = page.items.map((row) => ({ ...row, redrivenAt: redriven.get(recordIdOf(row)) ?? null }));
    return { ...page, items };
  });
}

/** As facts name it. */
export function recordIdOf({
  topic,
  partition,
  offset,
}: Pick<QuarantineRow, 'topic' | 'partition' | 'offset'>): string {
  return `${topic}/${partition}/${offset}`;
}
