import type { DecisionKind } from '#domain';
import type { OutcomeRecord } from '../records.ts';
import { decodeDetail, encodeDetail } from './attempt-detail.ts';
import { isDecisionKind, readDecision, writeDecision } from './decision-headers.ts';
import {
  envelope,
  headerForm,
  MAX_ATTEMPT,
  MAX_STEP,
  MAX_TERM,
  readRef,
  SOURCE,
  writeRef,
} from './delivery-headers.ts';
import { NOTHING, type Decoded, type Encoded, type Readable } from './encoded.ts';
import type { HeaderReader } from './header-reader.ts';
import { decode, noUpcasters, type Schema } from './schema.ts';

const UNMATCHED = 'unmatched';

const form = headerForm(['attempt', 'step', 'term', 'at', 'outcome']);

export function encodeOutcome(record: OutcomeRecord): Encoded {
  return record.kind === 'unmatched' ? encodeUnmatched(record) : encodeDecided(record);
}

function encodeDecided(record: Extract<OutcomeRecord, { kind: 'outcome' }>): Encoded {
  const { ref, attempt, step, term, at, decision } = record.outcome;
  const id = `${ref.deliveryId}/${ref.chain}/${attempt}/${step}/${decision.kind}`;
  const headers = envelope(id, `hyperhook.delivery.${decision.kind}`, SOURCE, at, { ...form });
  writeRef(headers, ref);
  headers['attempt'] = String(attempt);
  headers['step'] = String(step);
  headers['term'] = String(term);
  headers['at'] = String(at);
  writeDecision(headers, decision);
  return { key: ref.tenantId, headers, value: encodeDetail(record.detail) };
}

function encodeUnmatched(record: Extract<OutcomeRecord, { kind: 'unmatched' }>): Encoded {
  const id = `${record.eventId}/${record.eventOffset}`;
  const headers = envelope(id, 'hyperhook.event.unmatched', SOURCE, record.at);
  headers['tenant'] = record.tenantId;
  headers['event-id'] = record.eventId;
  headers['event-type'] = record.eventType;
  headers['event-offset'] = String(record.eventOffset);
  headers['at'] = String(record.at);
  headers['outcome'] = UNMATCHED;
  return { key: record.tenantId, headers, value: NOTHING };
}

function readHead(headers: HeaderReader): OutcomeRecord {
  if (headers.text('outcome') === UNMATCHED) {
    return {
      kind: 'unmatched',
      tenantId: headers.text('tenant'),
      eventId: headers.text('event-id'),
      eventType: headers.text('event-type'),
      eventOffset: headers.position('event-offset'),
      at: headers.time('at'),
    };
  }
  const outcome = {
    ref: readRef(headers),
    attempt: headers.integer('attempt', 1, MAX_ATTEMPT),
    step: headers.integer('step', 0, MAX_STEP),
    term: headers.integer('term', 0, MAX_TERM),
    at: headers.time('at'),
    decision: readDecision(headers),
  };
  return { kind: 'outcome', outcome, detail: null };
}

const headSchema: Schema<OutcomeRecord> = {
  current: 1,
  upcasters: noUpcasters,
  read: (headers) => readHead(headers),
};

const schema: Schema<OutcomeRecord> = {
  ...headSchema,
  read: (headers, record) => {
    const head = readHead(headers);
    return head.kind === 'unmatched' ? head : { ...head, detail: decodeDetail(record.value) };
  },
};

export function decodeOutcome(record: Readable): Decoded<OutcomeRecord> {
  return decode(schema, record);
}

/** What tells whether an outcome concerns a reader. */
export interface OutcomeGlimpse {
  readonly kind: DecisionKind;
  readonly deliveryId: string;
  readonly chain: number;
  readonly attempt: number;
}

/**
 * Four headers of the twenty: for readers whom most outcomes do not concern. Undefined: read it whole, to find out what is
 * wrong with it, or what it is.
 */
export function glimpseOutcome({ headers }: Readable): OutcomeGlimpse | undefined {
  const kind = headers['outcome'];
  const deliveryId = headers['delivery-id'];
  const chain = Number(headers['chain']);
  const attempt = Number(headers['attempt']);
  const isPlain =
    headers['schema-version'] === String(schema.current) &&
    Number.isSafeInteger(chain) &&
    Number.isSafeInteger(attempt);
  if (!isPlain || deliveryId === undefined || !isDecisionKind(kind)) return undefined;
  return { kind, deliveryId, chain, attempt };
}

/** The same without the detail (always null): headers only, for the done-set, policies and scans. */
export function decodeOutcomeHead(record: Readable): Decoded<OutcomeRecord> {
  return decode(headSchema, record);
}
