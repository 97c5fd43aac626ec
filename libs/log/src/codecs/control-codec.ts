import type { ControlFact, ControlFactType } from '#domain';
import type { ControlRecord } from '../records.ts';
import { envelope, SOURCE } from './delivery-headers.ts';
import { Newer, Unreadable, type Decoded, type Encoded, type Readable } from './encoded.ts';
import { MAX_TIME } from './header-reader.ts';
import { fromJson, toJson, type JsonObject } from './json-value.ts';
import { decode, type Schema } from './schema.ts';

/** Whose fact it is: the field that names it, which is also the record's key. */
const subjects: Readonly<Record<ControlFactType, string | null>> = {
  'installation.created': null,
  'tenant.created': 'tenantId',
  'tenant.updated': 'tenantId',
  'tenant.secret-set': 'tenantId',
  'tenant.secret-rewrapped': 'tenantId',
  'tenant.deleted': 'tenantId',
  'key.created': 'keyId',
  'key.revoked': 'keyId',
  'endpoint.created': 'endpointId',
  'endpoint.updated': 'endpointId',
  'endpoint.secret-rotated': 'endpointId',
  'endpoint.secret-expired': 'endpointId',
  'endpoint.secret-rewrapped': 'endpointId',
  'endpoint.enabled': 'endpointId',
  'endpoint.turned-off': 'endpointId',
  'endpoint.failed': 'endpointId',
  'endpoint.deleted': 'endpointId',
  'delivery.asked': 'endpointId',
  'replay.started': 'replayId',
  'replay.advanced': 'replayId',
  'replay.paused': 'replayId',
  'replay.resumed': 'replayId',
  'replay.rate-set': 'replayId',
  'replay.cancelled': 'replayId',
  'replay.finished': 'replayId',
  'secret.revealed': 'tenantId',
  'installation.exported': null,
  'data.erased': 'tenantId',
  'record.redriven': null,
};

const isKnown = (type: unknown): type is ControlFactType =>
  typeof type === 'string' && Object.hasOwn(subjects, type);

export function encodeControl(entry: ControlRecord): Encoded {
  const headers = envelope(entry.factId, `hyperhook.${entry.fact.type}`, SOURCE, entry.fact.at);
  headers['schema-version'] = String(versionOf(entry.fact));
  headers['actor'] = entry.actor;
  return { key: subjectOf(entry.fact), headers, value: toJson(entry.fact) };
}

/**
 * Version 2: values of custom headers are sealed, or a key pair signs. A process that knows version 1 alone would send
 * the one as it stands, and take the other for a shared secret, so it stops at such a fact instead (R21); every other
 * fact is written as it always was.
 */
function versionOf(fact: ControlFact): 1 | 2 {
  const headers = 'settings' in fact ? Object.values(fact.settings.headers) : [];
  const secrets = 'secrets' in fact ? fact.secrets : [];
  const isNew =
    headers.some((value) => typeof value === 'object') || secrets.some(({ scheme }) => scheme !== undefined);
  return isNew ? 2 : 1;
}

function subjectOf(fact: ControlFact): string | null {
  if (fact.type.startsWith('key.') && 'keyId' in fact) return fact.keyId;
  if ('endpointId' in fact && fact.endpointId !== null) return fact.endpointId;
  if ('replayId' in fact) return fact.replayId;
  return 'tenantId' in fact ? fact.tenantId : null;
}

const schema: Schema<ControlRecord> = {
  current: 2,
  // A plain value is read as one in both versions.
  upcasters: new Map([[1, (record) => record]]),
  read: (headers, record) => ({
    factId: headers.text('ce_id'),
    actor: headers.text('actor'),
    fact: readFact(fromJson(record.value)),
  }),
};

/** Only the engine writes `control`; this checks what folding relies on to route a fact. */
function readFact(fact: JsonObject): ControlFact {
  const { type, at } = fact;
  // A type unknown at a known version was added by a newer release: followers are upgraded first (R21).
  if (!isKnown(type)) throw new Newer(`control fact ${String(type)}`);
  if (typeof at !== 'number' || !(at >= 0 && at <= MAX_TIME)) throw new Unreadable('the fact has no time');
  const subject = subjects[type];
  if (subject !== null && typeof fact[subject] !== 'string') {
    throw new Unreadable(`the fact has no ${subject}`);
  }
  return fact as unknown as ControlFact;
}

export function decodeControl(record: Readable): Decoded<ControlRecord> {
  return decode(schema, record);
}
