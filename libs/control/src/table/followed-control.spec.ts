import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ControlEntry, ControlFact } from '#domain';
import { encodeControl, MemoryLog, MemoryStore, type NewRecord } from '#log';
import { arbitraryControlEntries, eventually } from '#testkit';
import { endpointCreated, endpointDeleted, entryOf, tenantCreated, turnedOff } from '../control.fixture.ts';
import { ControlTable } from './control-table.ts';
import { FollowedControl, passedWithin } from './followed-control.ts';

const recordOf = (entry: ControlEntry): NewRecord => ({
  topic: 'control',
  partition: 0,
  ...encodeControl(entry),
});
const newer = (): NewRecord => {
  const record = recordOf(entryOf(tenantCreated('from-the-future')));
  return {
    ...record,
    headers: { ...record.headers, ce_type: 'hyperhook.tenant.merged' },
    value: Buffer.from('{"type":"tenant.merged","at":1}'),
  };
};
const garbage = (): NewRecord => ({
  ...recordOf(entryOf(tenantCreated('broken'))),
  value: Buffer.from('not json'),
});

const alerts = () => {
  const seen: string[] = [];
  return {
    seen,
    onNewer: (_: number, offset: number) => void seen.push(`newer at ${offset}`),
    onUnreadable: (_: string, offset: number) => void seen.push(`unreadable at ${offset}`),
    onError: (error: Error) => void seen.push(`ended: ${error.message}`),
  };
};

let store: MemoryStore;
let log: MemoryLog;
const started: FollowedControl[] = [];

async function follow(heard = alerts()): Promise<FollowedControl> {
  const control = new FollowedControl();
  started.push(control);
  await control.start(log, heard);
  return control;
}
const append = (...facts: ControlFact[]) => log.append(facts.map((fact) => recordOf(entryOf(fact))));

/** What it rejects with, heard from the start: nothing is left unhandled while the test does other things. */
const errorOf = (running: Promise<unknown>): Promise<Error | undefined> =>
  running.then(
    () => undefined,
    (error: Error) => error,
  );

beforeEach(async () => {
  store = new MemoryStore();
  log = new MemoryLog(store);
  await log.ensureTopics(1);
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((control) => control.stop()));
  await log.close();
});

describe('following control', () => {
  it('has started once it has reached the end as it was then', async () => {
    await append(tenantCreated('acme'), endpointCreated('wh_1', 'acme'));
    const control = await follow();
    expect(control.position).toBe(2);
    expect(control.table.endpoint('wh_1')?.tenantId).toBe('acme');
  });

  it('starts on an empty topic at once', async () => {
    expect((await follow()).position).toBe(0);
  });

  it('goes on following, table first, waiters second', async () => {
    const control = await follow();
    const seen = control.passed(2).then(() => control.table.endpoint('wh_1'));
    await append(tenantCreated('acme'), endpointCreated('wh_1', 'acme'));
    expect(await seen).toMatchObject({ id: 'wh_1' });
  });

  it('is the fold of the facts whatever the batches they were appended in', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryControlEntries, fc.integer({ min: 1, max: 9 }), async (entries, size) => {
        const own = new MemoryLog(new MemoryStore());
        await own.ensureTopics(1);
        const control = new FollowedControl();
        await control.start(own, alerts());
        for (let from = 0; from < entries.length; from += size) {
          await own.append(entries.slice(from, from + size).map(recordOf));
        }
        await control.passed(entries.length);
        const fold = new ControlTable();
        const fates = entries.map((entry) => fold.apply(entry));
        expect(entries.map(({ factId }) => control.fateOf(factId))).toEqual(fates);
        expect([...control.table.tenants()]).toEqual([...fold.tenants()]);
        expect([...control.table.keys()]).toEqual([...fold.keys()]);
        for (const id of ['acme', 'globex']) {
          expect(control.table.endpointsOf(id)).toEqual(fold.endpointsOf(id));
        }
        await control.stop();
        await own.close();
      }),
      { numRuns: 25 },
    );
  });

  it('lets a copy of a fact change nothing and keep the fate of the first', async () => {
    const control = await follow();
    const heard: string[] = [];
    control.onApplied((_, { factId }) => heard.push(factId));
    const create = entryOf(endpointCreated('wh_1', 'acme'), 'create');
    const records = [entryOf(tenantCreated('acme'), 'tenant'), create].map(recordOf);
    const off = [turnedOff('wh_1', 'acme')].map((fact) => recordOf(entryOf(fact, 'off')));
    const gone = endpointDeleted('wh_1', 'acme', 3);
    await log.append([...records, ...off, ...off, recordOf(entryOf(gone, 'gone')), recordOf(create)]);
    await control.passed(6);
    expect(control.table.endpoint('wh_1')).toBeUndefined();
    expect(control.fateOf('create')).toBe(true);
    expect(control.fateOf('off')).toBe(true);
    expect(heard).toEqual(['tenant', 'create', 'off', 'gone']);
  });

  it('tells listeners what was applied, after the table has changed, until they end it', async () => {
    const control = await follow();
    const heard: string[] = [];
    const end = control.onApplied(({ offset }, { fact }) => {
      heard.push(`${offset} ${fact.type} ${control.table.endpoint('wh_1')?.status}`);
    });
    await append(tenantCreated('acme'), endpointCreated('wh_1', 'acme'), turnedOff('wh_1', 'acme', 9));
    await append(turnedOff('wh_1', 'acme'));
    await control.passed(4);
    end();
    await append(tenantCreated('globex'));
    await control.passed(5);
    expect(heard).toEqual([
      '0 tenant.created undefined',
      '1 endpoint.created active',
      '3 endpoint.turned-off off',
    ]);
  });
});

describe('a control fact that nobody can read', () => {
  it('is reported and passed', async () => {
    await log.append([garbage()]);
    await append(tenantCreated('acme'));
    const heard = alerts();
    const control = await follow(heard);
    expect(heard.seen).toEqual(['unreadable at 0']);
    expect(control.readable).toBe(true);
    expect(control.table.tenant('acme')).toBeDefined();
  });
});

describe('a control fact of a newer release (R21)', () => {
  it('stalls the table before it, with an alert, and ends readable', async () => {
    const heard = alerts();
    const control = await follow(heard);
    await append(tenantCreated('acme'));
    await log.append([newer()]);
    await append(tenantCreated('globex'));
    await eventually(() => expect(heard.seen).toEqual(['newer at 1']));
    await append(tenantCreated('initech'));
    await expect(passedWithin(control, 3, 20)).rejects.toMatchObject({ code: 'log_unavailable' });
    expect(control.readable).toBe(false);
    expect(control.position).toBe(1);
    expect(heard.seen).toEqual(['newer at 1']);
    expect([...control.table.tenants()].map(({ id }) => id)).toEqual(['acme']);
  });

  it('still wakes those who wait for what came before it in the same batch', async () => {
    const control = await follow();
    const passed = control.passed(1);
    await log.append([recordOf(entryOf(tenantCreated('acme'))), newer()]);
    await passed;
    expect(control.readable).toBe(false);
  });
});

describe('waiting for a position', () => {
  it('is over at once where it has been passed', async () => {
    await append(tenantCreated('acme'));
    const control = await follow();
    expect(control.hasPassed(1)).toBe(true);
    expect(control.hasPassed(2)).toBe(false);
    await passedWithin(control, 1, 0);
  });

  it('ends with an error that says so when it is not reached in time', async () => {
    const control = await follow();
    await expect(passedWithin(control, 1, 5)).rejects.toThrow('control position 1 not reached in 5 ms');
  });

  it('never outlives the following', async () => {
    const control = await follow();
    const waiting = control.passed(1);
    await Promise.all([
      expect(waiting).rejects.toMatchObject({ code: 'log_closed', retryable: false }),
      control.stop(),
    ]);
    await expect(control.passed(1)).rejects.toMatchObject({ code: 'log_closed' });
    await control.passed(0);
  });

  it('ends, with the reason, when following does', async () => {
    const heard = alerts();
    const control = await follow(heard);
    control.onApplied(() => {
      throw new Error('a listener that is wrong');
    });
    const first = control.passed(1);
    const second = errorOf(control.passed(2));
    await append(tenantCreated('acme'));
    await first;
    expect((await second)?.message).toBe('a listener that is wrong');
    expect(heard.seen).toEqual(['ended: a listener that is wrong']);
  });

  it('lets start be given up by stop while the table is stalled', async () => {
    await log.append([newer()]);
    const control = new FollowedControl();
    const heard = alerts();
    const starting = errorOf(control.start(log, heard));
    await eventually(() => expect(heard.seen).toEqual(['newer at 0']));
    await control.stop();
    expect(await starting).toMatchObject({ code: 'log_closed' });
  });
});
