import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { encodeAsked, partitionOf } from '#log';
import type { DeliveryRef } from '#domain';
import { PARTITIONS } from '../support/dispatcher-rig.ts';
import { freeClock, holdClock, pass, until } from '../support/held-clock.ts';
import { Lives } from '../support/lives.ts';

const M = 60_000;
const body = Buffer.from('{"asked":true}');

describe('a delivery that somebody asks for', () => {
  let lives: Lives;
  let tenant: string;

  beforeEach(async () => {
    holdClock();
    lives = new Lives();
    await lives.begin();
    tenant = await lives.rig.tenant('hyprwatch');
  });

  afterEach(async () => {
    if (lives.isAlive) await until(lives.stop());
    freeClock();
  });

  const refOf = (endpointId: string, askedBy: 'test' | 'replay'): Omit<DeliveryRef, 'chain'> => ({
    deliveryId: '0b9ff0f4-3a8c-5a5e-9f43-6d0f2ad2a111',
    tenantId: tenant,
    endpointId,
    eventId: 'evt_1',
    eventType: 'host.online',
    askedBy,
    eventOffset: askedBy === 'test' ? null : 0,
    occurredAt: Date.now(),
    acceptedAt: Date.now(),
  });
  const told = async () =>
    (await lives.outcomes()).map(({ ref, attempt, decision }) => [ref.chain, attempt, decision.kind]);

  it.each(['off', 'failed'] as const)(
    'goes to an endpoint that is %s all the same, and never disables it (R24)',
    async (status) => {
      const endpoint = await lives.rig.endpoint(tenant, { active: status !== 'off' });
      if (status === 'failed') {
        const cause = { partition: 0, offset: 0 };
        await lives.rig.writer.endpoint(
          endpoint,
          { type: 'fail', term: 1, reason: 'attempts_exhausted', cause, at: Date.now() },
          'policy:test',
        );
      }
      lives.sender.answer = () => 500;
      const test = await lives.rig.ask(refOf(endpoint, 'test'), body);
      const replay = await lives.rig.ask(refOf(endpoint, 'replay'), body);
      await pass(240 * M);
      const outcomes = await lives.outcomes();
      expect(outcomes.filter(({ ref }) => ref.chain === test)).toHaveLength(1);
      expect(outcomes.filter(({ ref }) => ref.chain === replay)).toHaveLength(5);
      const last = outcomes.filter(({ decision }) => decision.kind === 'failed');
      expect(last.map(({ decision }) => 'disables' in decision && decision.disables)).toEqual([false, false]);
      expect(lives.sender.sent.every((sent) => Buffer.from(sent.body).equals(body))).toBe(true);
    },
  );

  it('has a chain of its own: two askings at the same time are two, and neither stops the other (R2)', async () => {
    const endpoint = await lives.rig.endpoint(tenant);
    lives.sender.answer = (_, nth) => (nth < 2 ? 500 : 200);
    const first = await lives.rig.ask(refOf(endpoint, 'replay'), body);
    const second = await lives.rig.ask(refOf(endpoint, 'replay'), body);
    await pass(5 * M);
    const all = await told();
    for (const chain of [first, second]) {
      expect(all.filter(([of]) => of === chain)).toEqual([
        [chain, 1, 'retry'],
        [chain, 2, 'delivered'],
      ]);
    }
  });

  it('is sent once though its record stands in the log twice, also when a restart lies between', async () => {
    const endpoint = await lives.rig.endpoint(tenant);
    lives.sender.answer = () => ({ status: 200, after: 100 });
    const ref = refOf(endpoint, 'replay');
    const chain = await lives.rig.ask(ref, body);
    const copy = encodeAsked({ ref: { ...ref, chain }, body });
    const again = { topic: 'deliveries' as const, partition: partitionOf(tenant, PARTITIONS), ...copy };
    await lives.rig.log.append([again]);
    await pass(M);
    await lives.restart();
    await lives.rig.log.append([again]);
    await pass(M);
    expect(lives.sender.sent).toHaveLength(1);
    expect(await told()).toEqual([[chain, 1, 'delivered']]);
  });
});
