import { describe, expect, it } from '@jest/globals';
import type { IHeaders } from 'kafkajs';
import { parseUpstreamFile } from '../mapping/upstream-file.ts';
import { readUpstreamEvent } from './read-upstream-event.ts';
import type { UpstreamEvent } from './upstream-event.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const WRITTEN = NOW - 5_000;

const sourceOf = (fields: object) =>
  parseUpstreamFile(JSON.stringify({ sources: [{ topic: 'team', ...fields }] }), 'test')[0]!;
const cloud = (fields: object = {}) =>
  sourceOf({ format: 'cloudevents', tenant: { header: 'ce_tenant' }, ...fields });
const plain = (fields: object = {}) =>
  sourceOf({ format: 'json', tenant: { value: 'acme' }, type: { value: 'x' }, ...fields });

interface Given {
  readonly headers?: IHeaders;
  readonly value?: string | Buffer | null;
  readonly timestamp?: string;
}
const read = (source: ReturnType<typeof sourceOf>, given: Given): UpstreamEvent | undefined => {
  const value = typeof given.value === 'string' ? Buffer.from(given.value) : (given.value ?? null);
  const headers: IHeaders = {};
  for (const [name, text] of Object.entries(given.headers ?? {})) {
    headers[name] = typeof text === 'string' ? Buffer.from(text) : text;
  }
  const message = { offset: '7', timestamp: given.timestamp ?? String(WRITTEN), headers, value };
  return readUpstreamEvent(source, { topic: 'team', partition: 0, message }, NOW);
};
const binary = {
  ce_specversion: '1.0',
  ce_id: 'e1',
  ce_source: '/crm',
  ce_type: 'lead.made',
  ce_tenant: 'acme',
};
const envelope = (more: object = {}) =>
  JSON.stringify({
    specversion: '1.0',
    id: 'e1',
    source: '/crm',
    type: 'lead.made',
    tenant: 'acme',
    data: { a: 1 },
    ...more,
  });
const structured = { 'content-type': 'application/cloudevents+json' };
const dataOf = (event: UpstreamEvent | undefined) => event?.data?.text;

describe('a CloudEvent in binary mode', () => {
  it('is its headers and its value, byte by byte', () => {
    const event = read(cloud(), { headers: binary, value: '{"10": 1.50,"2":1e3}' });
    expect(event).toMatchObject({ tenantId: 'acme', id: 'e1', origin: '/crm', type: 'lead.made' });
    expect(dataOf(event)).toBe('{"10": 1.50,"2":1e3}');
  });

  it('happened when it says, or else when it was written', () => {
    const ce_time = '2026-11-20T10:00:00.5+01:00';
    expect(read(cloud(), { headers: { ...binary, ce_time }, value: '{}' })?.occurredAt).toBe(
      Date.parse('2026-11-20T09:00:00.500Z'),
    );
    expect(read(cloud(), { headers: binary, value: '{}' })?.occurredAt).toBe(WRITTEN);
    expect(read(cloud(), { headers: binary, value: '{}', timestamp: '-1' })?.occurredAt).toBeNull();
    expect(read(cloud(), { headers: binary, value: '{}', timestamp: '9e15' })?.occurredAt).toBeNull();
  });

  it.each([null, ''])('has no data where the value is %j', (value) => {
    expect(read(cloud(), { headers: binary, value })).toMatchObject({ id: 'e1', data: null });
  });

  it.each(['application/json', 'Application/JSON; charset="UTF-8"', 'application/vnd.crm+json', 'text/json'])(
    'may call its data %s',
    (type) => {
      expect(dataOf(read(cloud(), { headers: { ...binary, 'Content-Type': type }, value: '{"a":1}' }))).toBe(
        '{"a":1}',
      );
    },
  );

  it('may have no id', () => {
    const headers = Object.fromEntries(Object.entries(binary).filter(([name]) => name !== 'ce_id'));
    expect(read(cloud(), { headers, value: '{}' })?.id).toBeUndefined();
    expect(read(cloud(), { headers: { ...binary, ce_id: '' }, value: '{}' })?.id).toBeUndefined();
  });

  it('names its tenant in a header, in the data, or not at all', () => {
    const value = '{"account":{"id":42},"list":[{"t":"z"}]}';
    expect(read(cloud(), { headers: binary, value })?.tenantId).toBe('acme');
    const inData = (field: string) =>
      read(cloud({ tenant: { field } }), { headers: binary, value })?.tenantId;
    expect(inData('/account/id')).toBe('42');
    expect(inData('/list/0/t')).toBe('z');
    expect(read(cloud({ tenant: { value: 'fixed' } }), { headers: {}, value: envelope() })?.tenantId).toBe(
      'fixed',
    );
  });
});

describe('the trace of a record', () => {
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  const traceOf = (headers: IHeaders) =>
    read(cloud(), { headers: { ...binary, ...headers }, value: '{}' })?.traceparent;

  it('goes on, as tracing libraries write it and as CloudEvents do; what is none is passed over', () => {
    expect(traceOf({ traceparent })).toBe(traceparent);
    expect(traceOf({ ce_traceparent: traceparent })).toBe(traceparent);
    expect(traceOf({})).toBeUndefined();
    expect(traceOf({ traceparent: 'nonsense' })).toBeUndefined();
    expect(traceOf({ traceparent: [Buffer.from(traceparent), Buffer.from(traceparent)] })).toBeUndefined();
    expect(read(plain(), { headers: { traceparent }, value: '{}' })).toMatchObject({ traceparent });
  });
});

describe('a CloudEvent in structured mode', () => {
  it('is one document, whose data stays as it was written', () => {
    const value =
      '{"specversion":"1.0","type":"t","data": {"b":1.0, "a":2},"tenant":"acme","source":"/s","id":"i"}';
    const event = read(cloud(), { headers: structured, value });
    expect(event).toMatchObject({ tenantId: 'acme', id: 'i', origin: '/s', type: 't' });
    expect(dataOf(event)).toBe('{"b":1.0, "a":2}');
  });

  it.each([
    ['with a charset', { 'content-type': 'application/cloudevents+json; charset=utf-8' }],
    ['without any header', {}],
    ['called application/json', { 'content-type': 'application/json' }],
  ])('is known %s', (_, headers) => {
    expect(read(cloud(), { headers, value: envelope() })?.id).toBe('e1');
  });

  it('gives a header of binary mode from its attribute, and a field from data or attribute', () => {
    const tenantOf = (tenant: object, more: object = {}) =>
      read(cloud({ tenant }), { headers: structured, value: envelope(more) })?.tenantId;
    expect(tenantOf({ header: 'ce_tenant' })).toBe('acme');
    expect(tenantOf({ field: '/tenant' })).toBe('acme');
    expect(tenantOf({ field: '/tenant' }, { data: { tenant: 'inner' } })).toBe('inner');
    expect(tenantOf({ field: '/org/id' }, { data: { org: { id: 'o' } } })).toBe('o');
  });

  it('may carry its JSON as base64', () => {
    const value = envelope({ data: undefined, data_base64: Buffer.from('{"z":1.0}').toString('base64') });
    expect(dataOf(read(cloud(), { headers: structured, value }))).toBe('{"z":1.0}');
  });

  it('may have no data', () => {
    expect(read(cloud(), { headers: structured, value: envelope({ data: undefined }) })?.data).toBeNull();
  });
});

describe('a JSON document', () => {
  it('is read as the mapping says', () => {
    const source = plain({
      tenant: { field: '/account/id' },
      id: { field: '/no' },
      type: { header: 'Kind' },
      occurred_at: { field: '/ts', unit: 'seconds' },
      data: { field: '/payload' },
    });
    const value = '{"no":17,"account":{"id":"acme"},"ts":1763632800.25,"payload":{"x": 1.0}}';
    const event = read(source, { headers: { kind: 'order.made' }, value });
    expect(event).toMatchObject({
      tenantId: 'acme',
      id: '17',
      origin: 'team',
      type: 'order.made',
      occurredAt: 1_763_632_800_250,
    });
    expect(dataOf(event)).toBe('{"x": 1.0}');
  });

  it('is its own data where nothing else is said', () => {
    expect(dataOf(read(plain(), { value: ' {"a":1} ' }))).toBe('{"a":1}');
  });

  it('counts time in milliseconds where the mapping says so', () => {
    const source = plain({ occurred_at: { field: '/ts', unit: 'milliseconds' } });
    expect(read(source, { value: '{"ts":1763632800250}' })?.occurredAt).toBe(1_763_632_800_250);
    expect(read(source, { value: '{"ts":null}' })?.occurredAt).toBe(WRITTEN);
  });

  it('may have escaped names', () => {
    const source = plain({ tenant: { field: '/a~1b/~0c' } });
    expect(read(source, { value: '{"a/b":{"~c":"acme"}}' })?.tenantId).toBe('acme');
  });
});

describe('a record without a value', () => {
  it('is a tombstone, unless its headers make it a CloudEvent', () => {
    expect(read(plain(), { value: null })).toBeUndefined();
    expect(read(cloud(), { value: null })).toBeUndefined();
    expect(read(cloud(), { headers: structured, value: null })).toBeUndefined();
  });
});

describe('a record that is no event', () => {
  const bad = Buffer.from([0x7b, 0xff]);
  const cases: [string, ReturnType<typeof sourceOf>, Given, string][] = [
    [
      'neither mode',
      cloud(),
      { value: '{"a":1}' },
      'no CloudEvent: there is neither a header ce_specversion',
    ],
    ['not JSON and no header', cloud(), { value: 'hello' }, 'value: invalid_json'],
    [
      'another content type',
      cloud(),
      { headers: { 'content-type': 'text/plain' }, value: 'x' },
      'no CloudEvent',
    ],
    [
      'a batch',
      cloud(),
      { headers: { 'content-type': 'application/cloudevents-batch+json' }, value: '[]' },
      'batches of CloudEvents are not read; send each event as a record of its own',
    ],
    [
      'another structured format',
      cloud(),
      { headers: { 'content-type': 'application/cloudevents+avro' }, value: 'x' },
      '"application/cloudevents+avro" is not read; send application/cloudevents+json',
    ],
    [
      'another charset',
      cloud(),
      { headers: { 'content-type': 'application/cloudevents+json; charset=utf-16' }, value: envelope() },
      'header content-type: charset "utf-16"; send UTF-8',
    ],
    [
      'another version',
      cloud(),
      { headers: { ...binary, ce_specversion: '0.3' }, value: '{}' },
      'header ce_specversion: is "0.3"; send CloudEvents 1.0',
    ],
    [
      'an empty version',
      cloud(),
      { headers: { ...binary, ce_specversion: '' }, value: '{}' },
      'header ce_specversion: is missing',
    ],
    ['no type', cloud(), { headers: { ...binary, ce_type: '' }, value: '{}' }, 'header ce_type: is missing'],
    [
      'no type inside',
      cloud(),
      { headers: structured, value: envelope({ type: null }) },
      '/type: is missing',
    ],
    [
      'a type that is an object',
      cloud(),
      { headers: structured, value: envelope({ type: {} }) },
      '/type: is an object, not text',
    ],
    [
      'a time that is none',
      cloud(),
      { headers: { ...binary, ce_time: 'yesterday' }, value: '{}' },
      'header ce_time: must be a time as in RFC 3339',
    ],
    [
      'a time of another year',
      cloud(),
      { headers: structured, value: envelope({ time: '2027-11-21T12:00:00Z' }) },
      '/time: lies more than 24 hours ahead; it is 2026-11-21T12:00:00.000Z here',
    ],
    [
      'data of another kind',
      cloud(),
      { headers: { ...binary, 'content-type': 'application/avro' }, value: 'x' },
      'header content-type: the data is no JSON but "application/avro"',
    ],
    [
      'data of another kind inside',
      cloud(),
      { headers: structured, value: envelope({ datacontenttype: 'text/xml', data: '<a/>' }) },
      '/datacontenttype: the data is no JSON',
    ],
    [
      'base64 that is none',
      cloud(),
      { headers: structured, value: envelope({ data: undefined, data_base64: '%%%' }) },
      '/data_base64: is no base64',
    ],
    [
      'base64 of no JSON',
      cloud(),
      { headers: structured, value: envelope({ data: undefined, data_base64: 'AAAA' }) },
      '/data_base64: invalid_json',
    ],
    ['a list', cloud(), { headers: structured, value: '[]' }, 'value: must be one CloudEvent, a JSON object'],
    [
      'no tenant',
      cloud(),
      { headers: { ...binary, ce_tenant: '' }, value: '{}' },
      'no tenant: header ce_tenant',
    ],
    [
      'no tenant in the data',
      cloud({ tenant: { field: '/a/b' } }),
      { headers: binary, value: '{"a":1}' },
      'no tenant: /a/b is missing in the data',
    ],
    [
      'a tenant that is no text',
      plain({ tenant: { field: '/t' } }),
      { value: '{"t":true}' },
      '/t: is a boolean, not text',
    ],
    [
      'a header twice',
      cloud(),
      { headers: { ...binary, ce_type: [Buffer.from('a'), Buffer.from('b')] }, value: '{}' },
      'header ce_type: is there 2 times; send it once',
    ],
    [
      'a header in two spellings',
      cloud(),
      { headers: { ...binary, CE_TYPE: 'b' }, value: '{}' },
      'header ce_type: is there 2 times; send it once',
    ],
    [
      'a header that is no UTF-8',
      cloud(),
      { headers: { ...binary, ce_type: Buffer.from([0xff]) }, value: '{}' },
      'header ce_type: is not UTF-8',
    ],
    [
      'a header without end',
      cloud(),
      { headers: { ...binary, ce_id: 'x'.repeat(5_000) }, value: '{}' },
      'header ce_id: has more than 4096 bytes',
    ],
    ['garbage', cloud(), { headers: binary, value: bad }, 'value: invalid_utf8'],
    ['a key twice', plain(), { value: '{"a":1,"a":2}' }, 'value: duplicate_key'],
    ['a lone surrogate', plain(), { value: '{"a":"\\ud800"}' }, 'value: lone_surrogate'],
    ['depth without end', plain(), { value: '['.repeat(70) + ']'.repeat(70) }, 'value: too_deep'],
    ['an empty value', plain(), { value: '' }, 'value: invalid_json'],
    [
      '5 MiB',
      plain(),
      { value: Buffer.alloc(5 * 1_024 * 1_024, 0x20) },
      'value: has 5242880 bytes, 4194304 are',
    ],
    ['no type in the document', plain({ type: { field: '/t' } }), { value: '{}' }, 'no type: /t is missing'],
    ['no data in the document', plain({ data: { field: '/d' } }), { value: '{}' }, '/d: is missing'],
    [
      'a time that is no number',
      plain({ occurred_at: { field: '/t', unit: 'seconds' } }),
      { value: '{"t":"soon"}' },
      '/t: must be a decimal number of seconds since 1970',
    ],
    [
      'seconds that are milliseconds',
      plain({ occurred_at: { field: '/t', unit: 'seconds' } }),
      { value: '{"t":1763632800250}' },
      '/t: lies more than 24 hours ahead',
    ],
    [
      'another content type for JSON',
      plain(),
      { headers: { 'content-type': 'application/x-protobuf' }, value: '{}' },
      'header content-type: the data is no JSON but "application/x-protobuf"',
    ],
  ];

  it.each(cases)('is told from an event: %s', (_, source, given, reason) => {
    expect(() => read(source, given)).toThrow(reason);
  });
});
