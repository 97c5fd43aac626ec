import { Refused, retryAfter } from '#http-edge';
import type { Logger } from '#platform';
import { isDataError, ReadModelError, type Queries, type ReplayQueries } from '#read-model';

/** What the administration asks of the read model. */
export type History = Pick<
  Queries,
  | 'listDeliveries'
  | 'getDelivery'
  | 'listEvents'
  | 'getEvent'
  | 'listAudit'
  | 'listQuarantine'
  | 'isQuarantined'
  | 'redrivenAt'
  | 'overview'
  | 'activity'
  | 'recentMinutes'
  | 'lastUses'
  | 'findEvents'
  | 'deliveriesReached'
  | 'deliveryMarks'
> &
  ReplayQueries;

/**
 * Asks the read model. A caller's mistake is theirs to mend; everything else means that PostgreSQL is away, which is
 * 503 for what happened and nothing for control and deliveries: it is on the path of neither.
 */
export async function fromHistory<T>(
  context: { readonly history: History; readonly logger: Logger },
  ask: (history: History) => Promise<T>,
): Promise<T> {
  try {
    return await ask(context.history);
  } catch (error) {
    if (error instanceof ReadModelError) {
      const code = error.code === 'invalid_cursor' ? 'invalid_cursor' : 'validation_failed';
      throw new Refused(code, error.message, { cause: error });
    }
    if (isDataError(error)) {
      const detail = 'an id or filter holds something that no name here can hold, like a NUL character';
      throw new Refused('validation_failed', detail, { cause: error });
    }
    context.logger.warn({ err: error }, 'history.unavailable');
    const detail =
      'the history (PostgreSQL) does not answer; deliveries go on meanwhile, ask again in a few seconds';
    throw new Refused('unavailable', detail, { headers: retryAfter(5), cause: error });
  }
}
