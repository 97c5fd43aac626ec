import { checkedDto } from '../rest/checked-dto.ts';
import { limitOf, ListQuery } from '../rest/list.queries.ts';
import type { PageAsk } from '../use-cases/list-page.ts';

/** What all lists are asked for. */
export interface PageMessage {
  readonly limit?: number;
  readonly after?: string;
}

/** By the rules of REST's query, which is text. */
export function queryOf<T extends PageMessage>({ limit, ...rest }: T): object {
  return { ...rest, ...(limit === undefined ? {} : { limit: String(limit) }) };
}

export async function pageAsk(message: PageMessage): Promise<PageAsk> {
  const query = await checkedDto(ListQuery, queryOf(message));
  return { after: query.after, limit: limitOf(query) };
}
