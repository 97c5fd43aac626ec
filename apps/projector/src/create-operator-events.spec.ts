import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadContracts, shippedContractsDirectory } from '#contracts';
import { ControlWriter, FollowedControl } from '#control';
import type { ControlFact, Decision, DeliveryRef } from '#domain';
import { decodeEvent, partitionOf, type Group } from '#log';
import { eventually } from '#testkit';
import { aLog, anOutcome, type TestLog } from '../fixtures/history.ts';
import { watched } from '../fixtures/quiet.ts';
import {
  createOperatorEvents,
  type OperatorEvents,
  type OperatorEventsOptions,
} from './create-operator-events.ts';

const contracts = loadContracts([shippedContractsDirectory()]);
const quiet: Partial<Group> = { pause: () => {}, resume: () => {} };
const FAILED: Decision = { kind: 'failed', reason: 'attempts_exhausted', disables: false };

const tenantOf = (tenantId: string, contract = 'standard-webhooks'): ControlFact => ({
  type: 'tenant.created',
  tenantId,
  version: 1,
  at: Date.now(),
  name: tenantId,
  contract,
  attributes: {},
  secret: null,
  entitled: true,
});

describe('operator events', () => {
  let testLog: TestLog;
  let control: FollowedControl;
  let writer: ControlWriter;
  const running: OperatorEvents[] = [];

  beforeEach(async () => {
    testLog = await aLog();
    control = new FollowedControl();
    const fail = () => {
      throw new Error('control');
    };
    await control.start(testLog.log, { onNewer: fail, onUnreadable: fail, onError: () => undefined });
    writer = new ControlWriter(testLog.log, control, randomUUID);
    for (const fact of [tenantOf('ops'), tenantOf('acme', 'hyprwatch')]) await writer.fact(fact, 'test');
    for (const tenantId of ['ops', 'acme']) await createEndpoint(tenantId);
  });
  afterEach(async () => {
    for (const one of running.splice(0)) await one.stop();
    await control.stop();
    await testLog.log.close();
  });

  const createEndpoint = (tenantId: string) =>
    writer.endpoint(
      `wh_${tenantId}`,
      {
        type: 'create',
        endpointId: `wh_${tenantId}`,
        tenantId,
        settings: { url: 'https://example.com/?token=very-secret', events: [], description: '', headers: {} },
        secrets: [],
        active: true,
        at: Date.now(),
      },
      'test',
    );
  const fail = (tenantId: string, term = 1) =>
    writer.endpoint(
      `wh_${tenantId}`,
      { type: 'fail', term, reason: 'gone', cause: { partition: 0, offset: 0 }, at: Date.now() },
      'policy:disable-endpoint',
    );
  const outcome = (decision: Decision, over: Partial<DeliveryRef> = {}) =>
    testLog.append(
      'outcomes',
      1,
      anOutcome({ endpointId: 'wh_acme', ...over }, decision, { at: Date.now() }),
    );
  const start = async (log: OperatorEventsOptions['log'] = testLog.log, tenantId = 'ops') => {
    const { logger } = watched();
    const onCrash = (error: Error) => {
      throw error;
    };
    const made = createOperatorEvents({ log, control, contracts, tenantId, partitions: 2, logger, onCrash });
    running.push(made);
    await made.start();
  };
  const told = async () => {
    const records = await testLog.all('events', partitionOf('ops', 2));
    return records.map((record) => {
      const decoded = decodeEvent(record);
      if (!decoded.ok) throw new Error('unreadable');
      const { eventId, eventType, tenantId, body } = decoded.value;
      return { eventId, eventType, tenantId, data: JSON.parse(Buffer.from(body).toString()).data };
    });
  };
  const types = async () => (await told()).map(({ eventType }) => eventType);

  it('tell that an endpoint was disabled, to the operator’s tenant, without its URL', async () => {
    await start();
    await fail('acme');
    await eventually(async () => expect(await types()).toEqual(['endpoint.failed']));
    const [event] = await told();
    expect(event).toMatchObject({
      tenantId: 'ops',
      data: { tenant: 'acme', webhook_id: 'wh_acme', reason: 'gone' },
    });
    expect(JSON.stringify(event)).not.toContain('very-secret');
  });

  it('tell that a secret was rotated, and by whom', async () => {
    await start();
    const rotate = { type: 'rotate-secret', sealed: 'k1.x', graceMs: 0, at: Date.now() } as const;
    await writer.endpoint('wh_acme', rotate, 'key:key_7');
    await eventually(async () => expect(await types()).toEqual(['secret.rotated']));
    expect((await told())[0]?.data).toEqual({ tenant: 'acme', webhook_id: 'wh_acme', actor: 'key:key_7' });
  });

  it('tell of deliveries that failed for good once in an hour and endpoint; tests are none', async () => {
    await start();
    await outcome(FAILED, { deliveryId: 'd1', eventId: 'evt_1' });
    await outcome(FAILED, { deliveryId: 'd2' });
    await outcome(FAILED, { deliveryId: 'd3', endpointId: 'wh_other' });
    await outcome(FAILED, { deliveryId: 'd4', endpointId: 'wh_tested', askedBy: 'test' });
    await outcome({ kind: 'delivered' }, { deliveryId: 'd5', endpointId: 'wh_fine' });
    await eventually(async () => expect(await types()).toEqual(['delivery.failed', 'delivery.failed']));
    expect((await told()).map(({ data }) => data)).toMatchObject([
      { webhook_id: 'wh_acme', delivery_id: 'd1', event_id: 'evt_1', reason: 'attempts_exhausted' },
      { webhook_id: 'wh_other' },
    ]);
  });

  it('make no circle: what befalls the operator’s own endpoints is not told', async () => {
    await start();
    await fail('ops');
    await outcome(FAILED, { tenantId: 'ops', endpointId: 'wh_ops' });
    await fail('acme');
    await eventually(async () => expect(await types()).toEqual(['endpoint.failed']));
    expect((await told())[0]?.data).toMatchObject({ tenant: 'acme' });
  });

  it('leave out a disabling that came too late and changed nothing', async () => {
    await start();
    const late: ControlFact = {
      type: 'endpoint.failed',
      endpointId: 'wh_acme',
      tenantId: 'acme',
      version: 9,
      term: 4,
      reason: 'gone',
      cause: { partition: 0, offset: 0 },
      at: Date.now(),
    };
    await expect(writer.fact(late, 'policy:disable-endpoint')).rejects.toThrow(/meanwhile/);
    await fail('acme');
    await eventually(async () => expect(await types()).toEqual(['endpoint.failed']));
  });

  it('told twice, because the first position was lost, have the same id (P6)', async () => {
    // Appends are durable, commits are not: as after a crash between the two.
    const { log } = testLog;
    const forgetful: OperatorEventsOptions['log'] = {
      append: (records) => log.append(records),
      now: () => log.now(),
      join: async (options, handlers) => {
        const group = await log.join(options, handlers);
        return { ...quiet, commit: async () => {}, leave: () => group.leave() } as Group;
      },
    };
    await start(forgetful);
    await fail('acme');
    await eventually(async () => expect(await types()).toEqual(['endpoint.failed']));
    for (const one of running.splice(0)) await one.stop();
    await start();
    await eventually(async () => expect(await types()).toHaveLength(2));
    const [first, second] = await told();
    expect(second?.eventId).toBe(first?.eventId);
  });

  it('go on where they stopped, and tell nothing twice', async () => {
    await start();
    await fail('acme');
    await eventually(async () => expect(await types()).toHaveLength(1));
    for (const one of running.splice(0)) await one.stop();
    const enable = { type: 'enable', held: 'release', at: Date.now() } as const;
    await writer.endpoint('wh_acme', enable, 'test');
    await fail('acme', 2);
    await start();
    await eventually(async () => expect(await types()).toHaveLength(2));
  });

  it('are kept to themselves where there is nobody to be told, and the log is not held up', async () => {
    await start(testLog.log, 'nobody');
    await fail('acme');
    await outcome(FAILED);
    await writer.fact(tenantOf('nobody'), 'test');
    await createEndpoint('nobody');
    const rotate = { type: 'rotate-secret', sealed: 'k1.x', graceMs: 0, at: Date.now() } as const;
    await writer.endpoint('wh_acme', rotate, 'key:key_7');
    await eventually(async () => {
      const records = await testLog.all('events', partitionOf('nobody', 2));
      const found = records.map((record) => decodeEvent(record));
      expect(found.map((each) => each.ok && each.value.eventType)).toContain('secret.rotated');
    });
  });
});
