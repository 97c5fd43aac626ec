import { ControlWriter, FollowedControl } from '#control';
import { decodeAsked, LogError, MemoryLog, MemoryStore, type NewRecord } from '#log';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { askDelivery } from './ask-delivery.ts';

const principal = { keyId: 'key_one', tenantId: 'ten_one', scopes: [], actor: 'key:key_one' } as const;
const asking = {
  ref: {
    deliveryId: '11111111-2222-5333-8444-555555555555',
    tenantId: 'ten_one',
    endpointId: 'wh_one',
    eventId: 'evt_one',
    eventType: 'host.online',
    eventOffset: 3,
    occurredAt: 1,
    acceptedAt: 2,
  },
  askedBy: 'replay',
  partition: 1,
  body: Buffer.from('{}'),
} as const;

let log: MemoryLog;
let control: FollowedControl;
let writer: ControlWriter;

beforeEach(async () => {
  log = new MemoryLog(new MemoryStore());
  await log.ensureTopics(2);
  control = new FollowedControl();
  const ignore = () => undefined;
  await control.start(log, { onNewer: ignore, onUnreadable: ignore, onError: ignore });
  writer = new ControlWriter(log, control, randomUUID);
});

afterEach(async () => {
  await control.stop();
  await log.close();
});

describe('asking for a delivery', () => {
  it('writes the fact first and numbers the chain by it, so two askings never share one (R2)', async () => {
    const context = { writer, log, now: () => 9 };
    const first = await askDelivery(context, principal, asking);
    const second = await askDelivery(context, principal, asking);
    expect(first).toEqual({ chain: 0, position: 1 });
    expect(second).toEqual({ chain: 1, position: 2 });
    const record = await log.readOne('deliveries', 1, 1);
    expect(decodeAsked(record!)).toMatchObject({ ok: true, value: { ref: { chain: 1, askedBy: 'replay' } } });
    expect(await log.readOne('control', 0, 0)).toMatchObject({ headers: { actor: 'key:key_one' } });
  });

  it.each([
    ['log_unavailable', 2],
    ['record_too_large', 1],
  ] as const)(
    'appends the record again only where nothing is known about it: %s, %i tries',
    async (code, tries) => {
      let tried = 0;
      const failing = {
        append: async (records: readonly NewRecord[]) => {
          tried += 1;
          if (tried === 1) throw new LogError(code, 'away');
          return log.append(records);
        },
      };
      const asked = askDelivery({ writer, log: failing, now: () => 9 }, principal, asking);
      if (tries === 2) await expect(asked).resolves.toEqual({ chain: 0, position: 1 });
      else await expect(asked).rejects.toMatchObject({ code });
      expect(tried).toBe(tries);
    },
  );
});
