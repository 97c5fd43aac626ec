import type { JsonNode } from '#contracts';
import type { FixedValue, JsonSource, Place } from '../mapping/upstream-source.ts';
import { nodeAt, scanned, textOf } from './json-place.ts';
import { requireJson } from './media-type.ts';
import { occurredAtOf, writtenAt } from './occurred-at.ts';
import type { RecordHeaders } from './record-headers.ts';
import { Unfit } from './unfit.ts';
import type { UpstreamEvent } from './upstream-event.ts';
import type { UpstreamRecord } from './upstream-record.ts';

/** Reads a JSON document as the source's mapping says. Undefined: a tombstone. Throws {@link Unfit}. `now`: epoch ms. */
export function mappedEvent(
  source: JsonSource,
  { topic, message }: UpstreamRecord,
  headers: RecordHeaders,
  now: number,
): UpstreamEvent | undefined {
  if (message.value === null) return undefined;
  requireJson(headers.text('content-type'), 'header content-type');
  const document = scanned(message.value, 'value');
  const read = (place: Place | FixedValue) => textAt(place, document, headers);
  const time = source.occurredAt === null ? undefined : read(source.occurredAt.at);
  const data = nodeAt(document, source.data);
  if (data === undefined) throw new Unfit(`${source.data}: is missing; the data of the event stands there`);
  return {
    tenantId: read(source.tenant) ?? missing('tenant', source.tenant),
    id: source.id === null ? undefined : read(source.id),
    origin: topic,
    type: read(source.type) ?? missing('type', source.type),
    occurredAt:
      source.occurredAt === null || time === undefined
        ? writtenAt(message.timestamp, now)
        : occurredAtOf(time, source.occurredAt.unit, nameOf(source.occurredAt.at), now),
    data,
  };
}

function textAt(place: Place | FixedValue, document: JsonNode, headers: RecordHeaders): string | undefined {
  if ('value' in place) return place.value;
  if ('header' in place) return headers.text(place.header);
  return textOf(nodeAt(document, place.field), place.field);
}

function missing(what: string, place: Place | FixedValue): never {
  throw new Unfit(`no ${what}: ${nameOf(place)} is missing`);
}

function nameOf(place: Place | FixedValue): string {
  if ('value' in place) return 'the value';
  return 'header' in place ? `header ${place.header}` : place.field;
}
