import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { checkSecret, contractHeaderNames, createSigner, generateSecret } from '../index.ts';
import { where, wire } from './wire.ts';

const standard = wire('standard-webhooks');
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const vector = {
  eventId: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  eventType: 'webhook.test',
  deliveryId: 'unused',
  body: Buffer.from('{"test": 2432232314}'),
  atSeconds: 1_614_265_330,
};
const expected = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';

describe('Standard Webhooks', () => {
  it("SW-4, SW-6: the specification's vector", () => {
    expect(createSigner(standard.contract, [secret]).headers(vector)).toEqual({
      'Content-Type': 'application/json',
      'webhook-id': vector.eventId,
      'webhook-timestamp': '1614265330',
      'webhook-signature': expected,
    });
  });

  it('SW-7: during a rotation every live secret signs, newest first', () => {
    const newest = generateSecret(standard.contract, new Uint8Array(32).fill(9));
    const header = createSigner(standard.contract, [newest, secret]).headers(vector)['webhook-signature'];
    expect(header?.split(' ')).toHaveLength(2);
    expect(header?.split(' ')[1]).toBe(expected);
  });

  it('SW-2: the body is type, timestamp and data; types are open, dotted names', () => {
    expect(standard.body({ type: 'invoice.paid', data: { a: 1 }, occurredAt: 0 })).toBe(
      '{"type":"invoice.paid","timestamp":"1970-01-01T00:00:00.000Z","data":{"a":1}}',
    );
    expect(where(standard.problems({ type: 'invoice..paid', data: {} }))).toEqual(['invalid_type /type']);
  });

  it('SW-5: an id with a dot, which would make the signed text ambiguous, is refused', () => {
    expect(where(standard.problems({ type: 'a', id: 'msg_1.2', data: {} }))).toEqual(['invalid_id /id']);
  });

  it.each([
    ['', /empty/],
    ['x', /at least/],
    ['x'.repeat(10_240), /at most/],
    [`whsec_${'*'.repeat(40)}`, /must be base64/],
    [`whsec_${'A'.repeat(41)}`, /must be base64/],
    [`whsec_${Buffer.alloc(66).toString('base64')}`, /24 to 64 bytes, it holds 66/],
    ['MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqr', /must start with whsec_/],
    [`${secret}\n`, /space/],
  ])('refuses the secret %j', (text, reason) => {
    expect(checkSecret(standard.contract, text)).toMatch(reason);
  });

  it("rides beside a provider's own headers: its three headers are added, the others stay", () => {
    const hyprwatch = wire('hyprwatch').contract;
    const headers = createSigner(hyprwatch, [secret], { standardWebhooks: true }).headers(vector);
    expect(headers).toEqual({
      ...createSigner(hyprwatch, [secret]).headers(vector),
      'webhook-id': vector.eventId,
      'webhook-timestamp': '1614265330',
      'webhook-signature': expected,
    });
  });

  it('rides with a secret that is no base64 after whsec_: its text is the key', () => {
    const hyperspell = wire('hyperspell').contract;
    const headers = createSigner(hyperspell, ['test-jwt-secret'], { standardWebhooks: true }).headers(vector);
    const hmac = createHmac('sha256', 'test-jwt-secret').update(`${vector.eventId}.${vector.atSeconds}.`);
    expect(headers['webhook-signature']).toBe(`v1,${hmac.update(vector.body).digest('base64')}`);
  });

  it('410 disables, Retry-After counts up to 2 h, 15 s', () => {
    expect(standard.contract.policy).toMatchObject({
      goneDisables: true,
      retryAfterUpToMs: 7_200_000,
      timeoutMs: 15_000,
      exhaustionDisables: false,
    });
  });

  it('says which header names a customer must not set', () => {
    expect(contractHeaderNames(wire('hyperleap').contract)).toEqual([
      'content-type',
      'x-hyperleap-event',
      'x-hyperleap-delivery-id',
      'x-hyperleap-signature',
      'webhook-id',
      'webhook-timestamp',
      'webhook-signature',
    ]);
  });
});
