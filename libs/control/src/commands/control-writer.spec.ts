import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Rejected, type EndpointCommand } from '#domain';
import { encodeControl, LogError, MemoryLog, MemoryStore } from '#log';
import { eventually } from '#testkit';
import { endpointCreated, entryOf, T0, tenantCreated } from '../control.fixture.ts';
import { FollowedControl } from '../table/followed-control.ts';
import { ControlWriter } from './control-writer.ts';

const actor = 'key:root';
const fresh = endpointCreated('wh_1', 'acme') as Extract<
  ReturnType<typeof endpointCreated>,
  { type: 'endpoint.created' }
>;
const create: EndpointCommand = {
  type: 'create',
  endpointId: 'wh_1',
  tenantId: 'acme',
  settings: fresh.settings,
  secrets: fresh.secrets,
  active: true,
  at: T0,
};
const describeAs = (description: string): EndpointCommand => ({
  type: 'update',
  settings: { description },
  at: T0 + 1,
});
const fail: EndpointCommand = {
  type: 'fail',
  term: 1,
  reason: 'attempts_exhausted',
  cause: { partition: 0, offset: 4 },
  at: T0 + 2,
};

/** One process: its own log client, table and writer over the shared store. */
interface Process {
  readonly control: FollowedControl;
  readonly writer: ControlWriter;
  readonly stop: () => Promise<void>;
}

let store: MemoryStore;
let one: Process;
let two: Process;

async function startProcess(): Promise<Process> {
  const log = new MemoryLog(store);
  await log.ensureTopics(1);
  const control = new FollowedControl();
  const wrong = () => {
    throw new Error('nothing may go wrong here');
  };
  await control.start(log, { onNewer: () => {}, onUnreadable: wrong, onError: () => {} });
  return {
    control,
    writer: new ControlWriter(log, control, randomUUID),
    stop: async () => {
      await control.stop();
      await log.close();
    },
  };
}

beforeEach(async () => {
  store = new MemoryStore();
  one = await startProcess();
  two = await startProcess();
  const {
    type: _,
    version: __,
    ...tenant
  } = tenantCreated('acme') as Extract<ReturnType<typeof tenantCreated>, { type: 'tenant.created' }>;
  await one.writer.tenant('acme', { type: 'create', ...tenant }, actor);
  const { position } = await one.writer.endpoint('wh_1', create, actor);
  await two.control.passed(position);
});
afterEach(async () => {
  await one.stop();
  await two.stop();
});

const rejected = async (running: Promise<unknown>) => {
  const error = await running.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof Rejected ? error.code : error;
};

describe('a command', () => {
  it('can be read as soon as it is answered, and elsewhere from its position on', async () => {
    const written = await one.writer.endpoint('wh_1', describeAs('pager'), actor);
    expect(one.control.table.endpoint('wh_1')?.description).toBe('pager');
    await two.control.passed(written.position);
    expect(two.control.table.endpoint('wh_1')?.description).toBe('pager');
    expect(written).toEqual({ position: 3, offset: 2 });
  });

  it('is not answered before its own table has it, however late that is', async () => {
    const log = new MemoryLog(store);
    const late = new FollowedControl();
    let letPass = () => {};
    const held = new Promise<void>((resolve) => (letPass = resolve));
    let holding = false;
    await late.start(
      {
        endOffsets: (topic) => log.endOffsets(topic),
        follow: (topic, partition, from, handlers) =>
          log.follow(topic, partition, from, {
            ...handlers,
            onRecords: async (records) => {
              if (holding) await held;
              await handlers.onRecords(records);
            },
          }),
      },
      { onNewer: () => {}, onUnreadable: () => {}, onError: () => {} },
    );
    holding = true;
    let answered = false;
    const running = new ControlWriter(log, late, randomUUID)
      .endpoint('wh_1', describeAs('pager'), actor)
      .then(() => (answered = true));
    // Everybody else has it already.
    await two.control.passed(3);
    await eventually(() => expect(two.control.table.endpoint('wh_1')?.description).toBe('pager'));
    expect(answered).toBe(false);
    letPass();
    await running;
    expect(late.table.endpoint('wh_1')?.description).toBe('pager');
    await late.stop();
    await log.close();
  });

  it('that changes nothing writes nothing', async () => {
    const written = await one.writer.endpoint('wh_1', { type: 'enable', held: 'release', at: T0 }, actor);
    expect(written).toEqual({ position: 2, offset: null });
    expect(store.partition('control', 0).end).toBe(2);
  });

  it('that does not fit is refused before anything is written', async () => {
    expect(await rejected(one.writer.endpoint('wh_1', create, actor))).toBe('already_exists');
    expect(await rejected(one.writer.endpoint('wh_2', fail, actor))).toBe('not_found');
    expect(store.partition('control', 0).end).toBe(2);
  });

  it('for a tenant that does not exist is refused, by name', async () => {
    await expect(one.writer.endpoint('wh_2', { ...create, tenantId: 'globex' }, actor)).rejects.toThrow(
      'no tenant "globex"',
    );
    const key = {
      type: 'create',
      keyId: 'key_1',
      tenantId: 'globex',
      name: 'k',
      prefix: 'p',
      hash: 'h',
      scopes: [],
      expiresAt: null,
      at: T0,
    } as const;
    expect(await rejected(one.writer.key('key_1', key, actor))).toBe('not_found');
    await one.writer.key('key_1', { ...key, tenantId: null }, actor);
    expect(one.control.table.keyByHash('h')?.id).toBe('key_1');
  });

  it('says who it was', async () => {
    const heard: string[] = [];
    one.control.onApplied((_, entry) => heard.push(entry.actor));
    await one.writer.endpoint('wh_1', fail, 'policy:disable');
    expect(heard).toEqual(['policy:disable']);
  });

  it('an ask gets a position of its own each time, which numbers its chain (R2)', async () => {
    const ask = {
      type: 'delivery.asked',
      askedBy: 'replay',
      tenantId: 'acme',
      endpointId: 'wh_1',
      deliveryId: 'd',
      at: T0,
    } as const;
    const [first, second] = await Promise.all([one.writer.fact(ask, actor), two.writer.fact(ask, actor)]);
    expect(new Set([first.offset, second.offset]).size).toBe(2);
  });
});

describe('many changes', () => {
  const endpoint = (id: string, ...commands: readonly EndpointCommand[]) =>
    ({ on: 'endpoint', id, commands }) as const;
  const made = (id: string): EndpointCommand => ({ ...create, endpointId: id });

  it('go by one append in their order, several commands about one thing included', async () => {
    const before = store.partition('control', 0).end;
    const changes = [
      endpoint('wh_2', made('wh_2'), describeAs('second'), { type: 'turn-off', heldFrom: null, at: T0 }),
      endpoint('wh_1', describeAs('first')),
      endpoint('wh_3', made('wh_3')),
      endpoint('wh_1', { type: 'enable', held: 'keep', at: T0 }),
    ];
    const written = await one.writer.many(changes, actor);
    expect(written).toEqual({ position: before + 5, applied: [true, true, true, true] });
    expect(one.control.table.endpoint('wh_2')).toMatchObject({
      description: 'second',
      status: 'off',
      version: 3,
    });
    await two.control.passed(written.position);
    expect(two.control.table.endpointsOf('acme')).toEqual(one.control.table.endpointsOf('acme'));
  });

  it('of which one comes too late are applied but for that one, whole or not at all', async () => {
    const late = one.writer.many(
      [
        endpoint('wh_2', made('wh_2')),
        endpoint('wh_1', describeAs('late'), { type: 'turn-off', heldFrom: null, at: T0 }),
      ],
      actor,
    );
    const [mine, theirs] = await Promise.all([
      late,
      rejected(two.writer.endpoint('wh_1', describeAs('other'), actor)),
    ]);
    expect(mine.applied[0]).toBe(true);
    // One of the two was first; whichever it was, the tables agree and nothing is half done.
    expect(mine.applied[1]).toBe(theirs === 'conflict');
    expect(one.control.table.endpoint('wh_1')).toMatchObject(
      mine.applied[1] ? { description: 'late', status: 'off' } : { description: 'other', status: 'active' },
    );
  });

  it('are refused together before anything is written, and none write nothing', async () => {
    const before = store.partition('control', 0).end;
    const orphan = { ...made('wh_5'), tenantId: 'nobody' } as EndpointCommand;
    expect(
      await rejected(one.writer.many([endpoint('wh_4', made('wh_4')), endpoint('wh_5', orphan)], actor)),
    ).toBe('not_found');
    expect(await one.writer.many([], actor)).toEqual({ position: before, applied: [] });
    expect(store.partition('control', 0).end).toBe(before);
  });

  it('whose answer is lost are appended again, and change things once', async () => {
    store.failNextAppend({ error: new LogError('log_unavailable', 'no answer'), written: true });
    const written = await one.writer.many(
      [endpoint('wh_2', made('wh_2')), endpoint('wh_3', made('wh_3'))],
      actor,
    );
    expect(written.applied).toEqual([true, true]);
    expect(one.control.table.endpoint('wh_2')?.version).toBe(1);
  });
});

describe('two writers at once', () => {
  it('racing for one endpoint: one is accepted, one is a conflict, and all tables agree', async () => {
    const answers = await Promise.all([
      rejected(one.writer.endpoint('wh_1', describeAs('one'), actor)),
      rejected(two.writer.endpoint('wh_1', describeAs('two'), actor)),
    ]);
    expect(new Set(answers)).toEqual(new Set(['conflict', undefined]));
    const winner = answers[0] === undefined ? 'one' : 'two';
    await Promise.all([one, two].map(({ control }) => control.passed(4)));
    for (const { control } of [one, two]) {
      expect(control.table.endpoint('wh_1')).toMatchObject({ description: winner, version: 2 });
    }
  });

  it('creating the same endpoint: one is accepted, one is a conflict', async () => {
    const other = { ...create, endpointId: 'wh_2' };
    const answers = await Promise.all([
      rejected(one.writer.endpoint('wh_2', other, actor)),
      rejected(two.writer.endpoint('wh_2', other, actor)),
    ]);
    expect(new Set(answers)).toEqual(new Set(['conflict', undefined]));
  });

  it('in one process race as well', async () => {
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((text) => rejected(one.writer.endpoint('wh_1', describeAs(text), actor))),
    );
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'conflict')).toHaveLength(2);
  });

  it('the same failure told twice disables once: the second changes nothing (P6)', async () => {
    const { position } = await one.writer.endpoint('wh_1', fail, actor);
    await two.control.passed(position);
    expect(await two.writer.endpoint('wh_1', fail, actor)).toMatchObject({ offset: null });
  });
});

describe('a log that fails', () => {
  const away = () => new LogError('log_unavailable', 'away');

  it('once, nothing written: the fact is sent again', async () => {
    store.failNextAppend({ error: away() });
    await one.writer.endpoint('wh_1', describeAs('pager'), actor);
    expect(one.control.table.endpoint('wh_1')?.description).toBe('pager');
  });

  it('after writing: the copy that is sent again changes nothing', async () => {
    store.failNextAppend({ error: away(), written: true });
    const written = await one.writer.endpoint('wh_1', describeAs('pager'), actor);
    expect(store.partition('control', 0).end).toBe(4);
    expect(written.position).toBe(4);
    await two.control.passed(4);
    for (const { control } of [one, two]) {
      expect(control.table.endpoint('wh_1')).toMatchObject({ description: 'pager', version: 2 });
    }
  });

  it('twice: the caller hears that nothing is known', async () => {
    store.failNextAppend();
    store.failNextAppend();
    await expect(one.writer.endpoint('wh_1', describeAs('pager'), actor)).rejects.toMatchObject({
      code: 'log_unavailable',
    });
  });

  it('for good: it is not tried again', async () => {
    store.failNextAppend({ error: new LogError('record_too_large', 'too large') });
    await expect(one.writer.endpoint('wh_1', describeAs('pager'), actor)).rejects.toMatchObject({
      code: 'record_too_large',
    });
    expect(store.partition('control', 0).end).toBe(2);
  });
});

describe('a process that cannot read the newest facts (R21)', () => {
  it('writes nothing: it would decide on a table that others have left behind', async () => {
    const { headers, ...rest } = encodeControl(entryOf(tenantCreated('x')));
    const value = Buffer.from('{"type":"tenant.merged","at":1}');
    await store.append([{ topic: 'control', partition: 0, ...rest, headers, value }]);
    await eventually(() => expect(one.control.readable).toBe(false));
    await expect(one.writer.endpoint('wh_1', describeAs('pager'), actor)).rejects.toMatchObject({
      code: 'log_unavailable',
    });
    expect(store.partition('control', 0).end).toBe(3);
  });
});
