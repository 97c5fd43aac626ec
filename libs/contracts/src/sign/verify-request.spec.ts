import { describe, expect, it } from '@jest/globals';
import { shipped } from '../providers/wire.ts';
import { generateSecret } from './secret.ts';
import { createSigner } from './signer.ts';
import { verifyRequest } from './verify-request.ts';

const NOW = 1_795_168_800;
const random = Buffer.alloc(32, 7);
/** Of Hyperspell, whose page makes none, any text will do. */
const secretFor = (id: string): string =>
  shipped.get(id)!.secret.generated ? generateSecret(shipped.get(id)!, random) : 'a-jwt-secret-of-the-app';

function sent(id: string, atSeconds = NOW) {
  const body = Buffer.from(`{"timestamp":${atSeconds},"load":1.0}`);
  const signed = createSigner(shipped.get(id)!, [secretFor(id)]).headers({
    eventId: 'evt_1',
    eventType: 'host.online',
    deliveryId: 'f215e3fb-db3e-5167-bb38-6b9efff9bbc4',
    atSeconds,
    body,
  });
  const headers = Object.fromEntries(
    Object.entries(signed).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return { body, headers };
}
const verdict = (
  id: string,
  request: ReturnType<typeof sent>,
  secret = secretFor(id),
  now: number | null = NOW,
) => verifyRequest(shipped.get(id)!, secret, request, now);

describe.each([...shipped.keys()])('a request of %s', (id) => {
  const { header } = shipped.get(id)!.signature;
  it('is genuine as the engine signs it', () => {
    expect(verdict(id, sent(id))).toEqual({ genuine: true });
  });

  it('is not, with one byte of the body changed, or another secret', () => {
    const request = sent(id);
    const body = Buffer.from(request.body.toString().replace('1.0', '1'));
    expect(verdict(id, { ...request, body })).toMatchObject({ genuine: false, code: 'wrong_signature' });
    expect(verdict(id, request, `${secretFor(id)}x`)).toMatchObject({ code: 'wrong_signature' });
  });

  it('says what is missing or cannot be a signature', () => {
    const { body, headers } = sent(id);
    const { [header.toLowerCase()]: _, ...unsigned } = headers;
    expect(verdict(id, { body, headers: unsigned })).toMatchObject({
      code: 'missing_signature',
      detail: expect.stringContaining(header),
    });
    const odd = { ...headers, [header.toLowerCase()]: 'nonsense' };
    expect(verdict(id, { body, headers: odd })).toMatchObject({ genuine: false });
  });
});

describe('what is signed with a time', () => {
  it.each(['standard-webhooks', 'hyperspell'])(
    'of %s is stale after five minutes, unless nobody asks',
    (id) => {
      expect(verdict(id, sent(id, NOW - 300))).toEqual({ genuine: true });
      expect(verdict(id, sent(id, NOW - 301))).toMatchObject({
        code: 'stale',
        detail: expect.stringContaining('301 s old'),
      });
      expect(verdict(id, sent(id, NOW - 301), secretFor(id), null)).toEqual({ genuine: true });
    },
  );

  it('needs the headers that are signed, spelt as they were', () => {
    const { body, headers } = sent('standard-webhooks');
    const { 'webhook-id': _, ...less } = headers;
    expect(verdict('standard-webhooks', { body, headers: less })).toMatchObject({
      code: 'missing_header',
      detail: expect.stringContaining('webhook-id'),
    });
    const respelt = { ...headers, 'webhook-timestamp': `0${headers['webhook-timestamp']}` };
    expect(verdict('standard-webhooks', { body, headers: respelt })).toMatchObject({
      code: 'wrong_signature',
    });
  });

  it('takes any of several signatures', () => {
    const { body, headers } = sent('standard-webhooks');
    const both = { ...headers, 'webhook-signature': `v1a,other v1,AAAA ${headers['webhook-signature']}` };
    expect(verdict('standard-webhooks', { body, headers: both })).toEqual({ genuine: true });
  });
});
