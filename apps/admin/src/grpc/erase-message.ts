import { checkedDto } from '../rest/checked-dto.ts';
import { EraseRequest } from '../rest/erase.requests.ts';
import type { EraseAsk } from '../use-cases/erase-data.ts';
import { refusedField } from '../use-cases/refused-field.ts';

/** hyperhook.v1.EraseDataRequest, beside the id. */
export interface EraseMessage {
  readonly event_ids?: readonly string[];
  readonly match?: MatchMessage;
  readonly everything?: boolean;
}

interface MatchMessage {
  readonly pointer?: string;
  readonly text?: string;
  readonly number?: number;
  readonly truth?: boolean;
  readonly nothing?: boolean;
}

/** By the rules of REST's body, except that everything must be asked for: here an empty list looks like none. */
export async function eraseAsk({ everything, match, ...fields }: EraseMessage): Promise<EraseAsk> {
  const isNamed = fields.event_ids !== undefined || match !== undefined;
  if (everything !== undefined && (isNamed || !everything)) {
    throw refusedField('/everything', 'not_both', 'must be true and stand alone, or not be sent');
  }
  if (everything === undefined && !isNamed) {
    throw refusedField('/event_ids', 'required', 'give "event_ids", "match", or "everything": true');
  }
  const body = { ...fields, ...(match === undefined ? {} : { match: matchOf(match) }) };
  const { event_ids: eventIds, match: checked } = await checkedDto(EraseRequest, body);
  return { eventIds, match: checked };
}

function matchOf({ pointer, text, number, truth, nothing }: MatchMessage): object {
  if (nothing === false) {
    throw refusedField('/match/nothing', 'must_be_true', 'must be true, or not be sent');
  }
  return { pointer, equals: nothing === true ? null : (text ?? number ?? truth) };
}
