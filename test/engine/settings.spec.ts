import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { endpointOwner } from '#control';
import { freeClock, holdClock, pass, until } from '../support/held-clock.ts';
import { Lives } from '../support/lives.ts';

const S = 1_000;

describe('settings changed between two attempts', () => {
  let lives: Lives;
  let tenant: string;
  let endpoint: string;

  beforeEach(async () => {
    holdClock();
    lives = new Lives();
    await lives.begin();
    tenant = await lives.rig.tenant('hyperleap');
    endpoint = await lives.rig.endpoint(tenant);
  });

  afterEach(async () => {
    await until(lives.stop());
    freeClock();
  });

  it('HL-7, HL-19: the next attempt goes to the new URL and is signed with the new secret, the bytes unchanged', async () => {
    const { rig, sender } = lives;
    sender.answer = (_, nth) => (nth === 0 ? 500 : 200);
    await rig.publish(tenant);
    await pass(S / 2);
    const first = sender.sent[0]!;

    const at = Date.now();
    const url = 'https://new.example.com/hook';
    await until(rig.writer.endpoint(endpoint, { type: 'update', settings: { url }, at }, 'test'));
    const sealed = rig.secrets.seal('a-secret-of-tomorrow', endpointOwner(tenant, endpoint));
    await until(rig.writer.endpoint(endpoint, { type: 'rotate-secret', sealed, graceMs: 0, at }, 'test'));
    sender.answer = () => 200;
    await pass(2 * S);

    const second = sender.sent[1]!;
    expect(sender.sent).toHaveLength(2);
    expect(second.url).toBe(url);
    expect(Buffer.from(second.body).equals(Buffer.from(first.body))).toBe(true);
    const expected = createHmac('sha256', 'a-secret-of-tomorrow').update(second.body).digest('hex');
    expect(second.headers['X-Hyperleap-Signature']).toBe(`sha256=${expected}`);
    expect(first.headers['X-Hyperleap-Signature']).not.toBe(`sha256=${expected}`);
  });

  it('switched off by its customer: what still waited is cancelled, and later events are not delivered', async () => {
    const { rig, sender } = lives;
    sender.answer = () => 500;
    await rig.publish(tenant);
    await pass(S / 2);
    await until(rig.writer.endpoint(endpoint, { type: 'turn-off', heldFrom: null, at: Date.now() }, 'test'));
    await rig.publish(tenant);
    await pass(60 * S);
    expect(sender.sent).toHaveLength(1);
    const ends = (await lives.outcomes()).map(({ decision }) => decision);
    expect(ends.at(-1)).toEqual({ kind: 'cancelled', reason: 'endpoint_off' });
  });
});
