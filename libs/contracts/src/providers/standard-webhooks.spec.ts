import { describe, expect, it } from '@jest/globals';
import { createHmac, createPublicKey, randomBytes, verify } from 'node:crypto';
import {
  checkSecret,
  contractHeaderNames,
  createSigner,
  generateKeys,
  generateSecret,
  publicKeyOf,
  sharedSecret,
} from '../index.ts';
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

  describe('with a key pair (v1a)', () => {
    const pair =
      'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==';
    const signature =
      'v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==';
    const signed = (secrets: readonly string[]) =>
      createSigner(standard.contract, secrets).headers(vector)['webhook-signature'];

    it('SW-6: the vector of the reference implementation', () => {
      expect(signed([pair])).toBe(signature);
    });

    it('beside a secret signs with both; in a grace period so does the generation before', () => {
      expect(signed([`${secret} ${pair}`])).toBe(`${expected} ${signature}`);
      expect(signed([secret, pair])).toBe(`${expected} ${signature}`);
    });

    it('is checked by whoever has nothing but the public key', () => {
      for (const scheme of ['v1a', 'both'] as const) {
        const { text, publicKey } = generateKeys(standard.contract, scheme, randomBytes(64));
        expect(checkSecret(standard.contract, text)).toBeNull();
        expect(publicKeyOf(standard.contract, text)).toEqual(publicKey);
        expect(publicKey).toMatchObject({ scheme, publicKey: expect.stringMatching(/^whpk_/) });
        // An SPKI of the curve, around the 32 bytes that the key says: nothing of ours takes part.
        const raw = Buffer.from(publicKey!.publicKey.slice('whpk_'.length), 'base64');
        const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]);
        const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
        const last = signed([text])!.split(' ').at(-1)!;
        const content = Buffer.from(`${vector.eventId}.${vector.atSeconds}.${vector.body.toString()}`);
        const bytes = Buffer.from(last.replace(/^v1a,/, ''), 'base64');
        expect(verify(null, content, key, bytes)).toBe(true);
        expect(verify(null, Buffer.concat([content, Buffer.from(' ')]), key, bytes)).toBe(false);
      }
    });

    it('hands over the shared part alone', () => {
      expect(sharedSecret(standard.contract, secret)).toBe(secret);
      expect(sharedSecret(standard.contract, `${secret} ${pair}`)).toBe(secret);
      expect(sharedSecret(standard.contract, pair)).toBeNull();
    });

    it.each([
      [`${pair} ${pair}`, /one whsk_/],
      [`${secret} ${secret} ${pair}`, /one whsk_/],
      ['whsk_AAAA', /32 bytes of seed/],
      [`whsk_${Buffer.alloc(64, 1).toString('base64')}`, /public key to it/],
      [`short ${pair}`, /at least|must start/],
    ])('refuses %j', (text, reason) => {
      expect(checkSecret(standard.contract, text)).toMatch(reason);
    });

    it('is nothing that another contract knows', () => {
      const { contract } = wire('hypertune');
      expect(publicKeyOf(contract, pair)).toBeUndefined();
      expect(sharedSecret(contract, pair)).toBe(pair);
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
