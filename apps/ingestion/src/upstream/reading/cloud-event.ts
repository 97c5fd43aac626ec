import type { JsonNode } from '#contracts';
import type { CloudEventsSource, FixedValue, Place } from '../mapping/upstream-source.ts';
import { nodeAt, scanned, textOf } from './json-place.ts';
import { mediaTypeOf, requireJson, requireUtf8 } from './media-type.ts';
import { occurredAtOf, writtenAt } from './occurred-at.ts';
import type { RecordHeaders } from './record-headers.ts';
import { quoted, Unfit } from './unfit.ts';
import type { UpstreamEvent } from './upstream-event.ts';
import type { UpstreamRecord } from './upstream-record.ts';

/** The attributes and data of a CloudEvent, whichever way it was sent. */
interface CloudEvent {
  /** How an attribute is called where a reason speaks of it. */
  readonly named: (attribute: string) => string;
  readonly attribute: (name: string) => string | undefined;
  readonly data: JsonNode | null;
  /** The whole document, of structured mode. */
  readonly envelope: JsonNode | undefined;
}

const version = /^1\.\d{1,3}$/;
const structuredType = 'application/cloudevents';
const PREFIX = 'ce_';

/**
 * Reads a CloudEvent of the Kafka protocol binding 1.x. Undefined: a tombstone. Throws {@link Unfit}. `now`: epoch ms.
 */
export function cloudEvent(
  source: CloudEventsSource,
  record: UpstreamRecord,
  headers: RecordHeaders,
  now: number,
): UpstreamEvent | undefined {
  const event = opened(record, headers);
  if (event === undefined) return undefined;
  const { attribute, named } = event;
  const specversion = attribute('specversion');
  if (specversion === undefined) throw new Unfit(`${named('specversion')}: is missing; send "1.0"`);
  if (!version.test(specversion))
    throw new Unfit(`${named('specversion')}: is ${quoted(specversion)}; send CloudEvents 1.0`);
  const type = attribute('type');
  if (type === undefined) throw new Unfit(`${named('type')}: is missing; name the type of the event`);
  const time = attribute('time');
  return {
    tenantId: tenantOf(source.tenant, headers, event),
    id: attribute('id'),
    origin: attribute('source') ?? record.topic,
    type,
    occurredAt:
      time === undefined
        ? writtenAt(record.message.timestamp, now)
        : occurredAtOf(time, 'rfc3339', named('time'), now),
    data: event.data,
  };
}

/** The mode is the record's: its content type says so, or else the headers of binary mode. */
function opened({ message }: UpstreamRecord, headers: RecordHeaders): CloudEvent | undefined {
  const contentType = headers.text('content-type');
  const media = contentType === undefined ? undefined : mediaTypeOf(contentType);
  if (media?.type.startsWith(structuredType) === true) {
    if (media.type !== `${structuredType}+json`) throw new Unfit(noStructured(media.type));
    requireUtf8(media, 'header content-type');
    return message.value === null ? undefined : structured(scanned(message.value, 'value'));
  }
  if (headers.has('ce_specversion')) return binary(message.value, contentType, headers);
  if (message.value === null) return undefined;
  return unmarked(message.value, contentType);
}

/** As producers write it that know nothing of headers: the console, some connectors. */
function unmarked(value: Buffer, contentType: string | undefined): CloudEvent {
  const isJson = contentType === undefined || mediaTypeOf(contentType).type === 'application/json';
  const document = isJson ? scanned(value, 'value') : undefined;
  if (document?.get('specversion') !== undefined) return structured(document);
  throw new Unfit(
    'no CloudEvent: there is neither a header ce_specversion (binary mode) nor a member specversion (structured mode); for plain JSON give the source the format "json"',
  );
}

function binary(value: Buffer | null, contentType: string | undefined, headers: RecordHeaders): CloudEvent {
  requireJson(contentType, 'header content-type');
  // By the binding, an event without data is a record without value; clients write none or an empty one.
  const hasData = value !== null && value.length > 0;
  return {
    named: (attribute) => `header ${PREFIX}${attribute}`,
    attribute: (name) => headers.text(`${PREFIX}${name}`),
    data: hasData ? scanned(value, 'value') : null,
    envelope: undefined,
  };
}

function structured(envelope: JsonNode): CloudEvent {
  if (envelope.kind !== 'object') throw new Unfit('value: must be one CloudEvent, a JSON object');
  const attribute = (name: string) => textOf(envelope.get(name), `/${name}`);
  requireJson(attribute('datacontenttype'), '/datacontenttype');
  return {
    named: (name) => `/${name}`,
    attribute,
    data: envelope.get('data') ?? decoded(envelope),
    envelope,
  };
}

/** JSON that a producer wrote as bytes; allowed, if clumsy. */
function decoded(envelope: JsonNode): JsonNode | null {
  const text = textOf(envelope.get('data_base64'), '/data_base64');
  if (text === undefined) return null;
  const bytes = Buffer.from(text, 'base64');
  // Node skips what is no base64.
  if (bytes.toString('base64').replace(/=+$/, '') !== text.replace(/=+$/, ''))
    throw new Unfit('/data_base64: is no base64; send the JSON as /data');
  return scanned(bytes, '/data_base64');
}

/**
 * `header` also names an extension attribute in structured mode (`ce_tenant`: `/tenant`), so that one mapping serves
 * both modes; `field` is looked for in the data, then in the envelope.
 */
function tenantOf(place: Place | FixedValue, headers: RecordHeaders, event: CloudEvent): string {
  if ('value' in place) return place.value;
  const { data, envelope } = event;
  if ('header' in place) {
    const { header } = place;
    const attribute = envelope !== undefined && header.startsWith(PREFIX) ? header.slice(PREFIX.length) : '';
    const tenant = headers.text(header) ?? (attribute === '' ? undefined : event.attribute(attribute));
    if (tenant !== undefined) return tenant;
    throw new Unfit(`no tenant: header ${header} is missing`);
  }
  const { field } = place;
  const inData = data === null ? undefined : textOf(nodeAt(data, field), `/data${field}`);
  const tenant = inData ?? (envelope === undefined ? undefined : textOf(nodeAt(envelope, field), field));
  if (tenant !== undefined) return tenant;
  throw new Unfit(`no tenant: ${field} is missing in the data`);
}

function noStructured(type: string): string {
  if (type.startsWith(`${structuredType}-batch`))
    return `header content-type: batches of CloudEvents are not read; send each event as a record of its own`;
  return `header content-type: ${quoted(type)} is not read; send ${structuredType}+json`;
}
