import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { AdminWorld } from '../../fixtures/admin-world.ts';

const url = 'https://example.com/hook';
const pair = 'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==';
let world: AdminWorld;
let key: string;

beforeAll(async () => {
  world = await AdminWorld.start();
  ({ key } = await world.tenant('standard-webhooks'));
});
afterAll(() => world.close());

const create = (body: object, by = key) =>
  world.send('POST', '/webhooks', { key: by, body: { url, ...body } });

describe('a webhook whose receiver has a public key', () => {
  it('shows it in every answer, and the private one in none', async () => {
    const created = await create({ signature: 'v1a' });
    expect(created).toMatchObject({
      status: 201,
      body: {
        secret: null,
        signature: 'v1a',
        public_key: expect.stringMatching(/^whpk_[A-Za-z0-9+/]{43}=$/),
      },
    });
    const read = await world.send('GET', `/webhooks/${String(created.body['id'])}`, { key });
    expect(read.body).toMatchObject({ signature: 'v1a', public_key: created.body['public_key'] });
    expect(JSON.stringify([created.body, read.body])).not.toContain('whsk_');
  });

  it('may have a secret beside it', async () => {
    const { body } = await create({ signature: 'both' });
    expect(body).toMatchObject({
      secret: expect.stringMatching(/^whsec_/),
      signature: 'both',
      public_key: expect.stringMatching(/^whpk_/),
    });
  });

  it('keeps its way of signing when it is rotated, unless told otherwise', async () => {
    const { body } = await create({ signature: 'v1a' });
    const path = `/webhooks/${String(body['id'])}/rotate-secret`;
    const again = await world.send('POST', path, { key, body: { grace_period_seconds: 60 } });
    expect(again.body).toMatchObject({ secret: null, signature: 'v1a' });
    expect(again.body['public_key']).not.toBe(body['public_key']);
    const shared = await world.send('POST', path, { key, body: { signature: 'v1' } });
    expect(shared.body).toMatchObject({ secret: expect.stringMatching(/^whsec_/) });
    expect(shared.body).not.toHaveProperty('public_key');
  });

  it('may bring its keys along, and says how they sign', async () => {
    const publicKey = 'whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=';
    expect((await create({ secret: pair })).body).toMatchObject({ signature: 'v1a', public_key: publicKey });
    const secret = `whsec_${randomBytes(32).toString('base64')}`;
    const both = await create({ secret: `${secret} ${pair}` });
    expect(both.body).toMatchObject({ secret, signature: 'both', public_key: publicKey });
    const refused = await create({ secret: pair, signature: 'v1' });
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/signature', code: 'another_secret' }] },
    });
  });

  it('is one of standard-webhooks: other contracts promise another signature', async () => {
    const { key: other } = await world.tenant('hyprwatch');
    const refused = await create({ signature: 'v1a' }, other);
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/signature', code: 'not_in_contract' }] },
    });
    expect((await create({ signature: 'v2' })).status).toBe(422);
  });
});
