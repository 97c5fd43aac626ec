import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { isSuccess } from '#domain';
import { checkSecret, restampBody, scanJson } from '../index.ts';
import { NOON, where, wire } from './wire.ts';

const hyperspell = wire('hyperspell');
const crawl = { user_id: null, source: 'web_crawler', resource_id: 'https://example.com/' };

describe('Hyperspell', () => {
  it('HS-2: nothing is invented for a new source: the producer names one of the two events', () => {
    expect([...hyperspell.contract.eventTypes.keys()]).toEqual(['index-started', 'index-completed']);
    expect(where(hyperspell.problems({ type: 'source-connected', data: crawl }))).toEqual([
      'unknown_type /type',
    ]);
  });

  it.each(['index-started', 'index-completed'])('HS-3: %s goes out with its hyphen', (type) => {
    expect(hyperspell.json({ type })['event']).toBe(type);
  });

  it('HS-4: the body is exactly event, app, user_id, source, resource_id, timestamp in seconds', () => {
    expect(hyperspell.body({ type: 'index-completed', data: crawl, occurredAt: 1_700_000_000_999 })).toBe(
      '{"event":"index-completed","app":"demo-app","user_id":null,"source":"web_crawler",' +
        '"resource_id":"https://example.com/","timestamp":1700000000}',
    );
  });

  it('HS-4: a member that the page does not know is refused by its name', () => {
    expect(where(hyperspell.problems({ type: 'index-started', data: { ...crawl, extra: 1 } }))).toEqual([
      'invalid_data /data/extra',
    ]);
  });

  it('HS-4: source is required, and a string', () => {
    expect(where(hyperspell.problems({ type: 'index-started', data: {} }))).toEqual([
      'invalid_data /data/source',
    ]);
    expect(where(hyperspell.problems({ type: 'index-started', data: { source: null } }))).toEqual([
      'invalid_data /data/source',
    ]);
  });

  it('HS-5: missing user_id and resource_id are sent as null, never left out', () => {
    expect(hyperspell.json({ type: 'index-started', data: { source: 'notion' } })).toMatchObject({
      user_id: null,
      resource_id: null,
    });
  });

  it('HS-5: the timestamp has no fraction', () => {
    const { timestamp } = hyperspell.json({ type: 'index-started' });
    expect(timestamp).toBe(Math.floor(NOON / 1_000));
  });

  it('HS-6, HS-7: X-Hyperspell-Signature is the bare hex HMAC-SHA256 keyed with the text of the app secret', () => {
    const body =
      '{"event":"index-completed","app":"demo-app","user_id":null,"source":"web_crawler",' +
      '"resource_id":"https://example.com/","timestamp":1700000000}';
    expect(Buffer.byteLength(body)).toBe(142);
    expect(hyperspell.headers(['test-jwt-secret'], body)).toEqual({
      'Content-Type': 'application/json',
      'X-Hyperspell-Signature': '6c5b4feb6c41aae02ecbd143cbbfc5af732e71566df3b35a070e5e6e0266536f',
    });
  });

  it('HS-7: the key is UTF-8, whatever the secret looks like', () => {
    const expected = createHmac('sha256', Buffer.from('ключ-äöü', 'utf8')).update('{}').digest('hex');
    expect(hyperspell.headers(['ключ-äöü'], '{}')['X-Hyperspell-Signature']).toBe(expected);
  });

  it("HS-8: the secret is the tenant's JWT secret, supplied and never made by the engine", () => {
    expect(hyperspell.contract.secret).toMatchObject({ owner: 'tenant', generated: false, optional: false });
    expect(checkSecret(hyperspell.contract, 'test-jwt-secret')).toBeNull();
  });

  it('HS-9: 200 is delivered, and so is any other 2xx; a redirect is not', () => {
    const counts = [200, 202, 204, 299, 301, 401, 500].filter((status) =>
      isSuccess(hyperspell.contract.policy, status),
    );
    expect(counts).toEqual([200, 202, 204, 299]);
  });

  it('HS-10: every attempt fits into the 300 s that receivers allow, waiting for slow answers included', () => {
    const { delaysMs, timeoutMs, maxAgeMs } = hyperspell.contract.policy;
    expect(delaysMs).toEqual([4_000, 16_000, 60_000, 60_000]);
    const lastStart = delaysMs.reduce((sum, delay) => sum + delay + timeoutMs, 0);
    expect(lastStart).toBeLessThan(maxAgeMs ?? 0);
    expect(maxAgeMs).toBe(280_000);
  });

  it('HS-10: a replay takes a new timestamp and leaves every other byte alone', () => {
    const { contract } = hyperspell;
    expect(contract.replay).toBe('restamp');
    const data = scanJson(Buffer.from('{"resource_id":"caf\\u00e9/1","source":"x"}'));
    const body = hyperspell.body({ type: 'index-started', data });
    const again = Buffer.from(restampBody(contract, Buffer.from(body), 1_700_000_123_456)).toString();
    expect(again).toBe(body.replace(/"timestamp":\d+/, '"timestamp":1700000123'));
    expect(again).toContain('caf\\u00e9/1');
  });

  it('HS-11: what the page leaves open is settled in the data: 10 s, no disabling, no Retry-After', () => {
    expect(hyperspell.contract.policy).toMatchObject({
      timeoutMs: 10_000,
      exhaustionDisables: false,
      goneDisables: false,
      retryAfterUpToMs: null,
    });
  });
});
