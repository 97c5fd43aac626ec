import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ControlFact } from '#domain';
import { arbitraryControlEntries } from '#testkit';
import {
  endpointCreated,
  endpointDeleted,
  entryOf,
  keyCreated,
  keyRevoked,
  T0,
  tenantCreated,
  tenantDeleted,
  turnedOff,
} from '../control.fixture.ts';
import { ControlTable } from './control-table.ts';

const tableOf = (...facts: ControlFact[]) => {
  const table = new ControlTable();
  for (const fact of facts) expect(table.apply(entryOf(fact))).toBe(true);
  return table;
};

/** Everything that can be asked of a table over the small world of the arbitrary facts. */
const contents = (table: ControlTable) => ({
  installation: table.installation,
  tenants: [...table.tenants()],
  keys: [...table.keys()],
  byHash: ['aa', 'bb'].map((hash) => table.keyByHash(hash)),
  endpoints: ['wh_1', 'wh_2', 'wh_3'].map((id) => table.endpoint(id)),
  ofTenants: ['acme', 'globex'].map((id) => table.endpointsOf(id)),
  count: table.endpointCount,
  replays: [...table.replays()],
});

const ids = (table: ControlTable, tenantId: string) => table.endpointsOf(tenantId).map(({ id }) => id);

/** Entries of the audit: applied, though there is nothing to see of them. */
const changesNothing: readonly string[] = [
  'delivery.asked',
  'secret.revealed',
  'installation.exported',
  'data.erased',
  'record.redriven',
];

describe('the control table', () => {
  it('is the same everywhere for the same facts, however they come and whenever it is read', () => {
    fc.assert(
      fc.property(arbitraryControlEntries, (entries) => {
        const quiet = new ControlTable();
        const fates = entries.map((entry) => quiet.apply(entry));
        // The other one is read after every fact: snapshots handed out must not change what it comes to.
        const busy = new ControlTable();
        for (const [index, entry] of entries.entries()) {
          expect(busy.apply(entry)).toBe(fates[index]);
          contents(busy);
        }
        expect(contents(busy)).toEqual(contents(quiet));
      }),
      { numRuns: 300 },
    );
  });

  it('says of each fact truly whether it was applied', () => {
    fc.assert(
      fc.property(arbitraryControlEntries, (entries) => {
        const table = new ControlTable();
        for (const entry of entries) {
          const before = structuredClone(contents(table));
          const applied = table.apply(entry);
          if (!changesNothing.includes(entry.fact.type)) {
            expect(JSON.stringify(contents(table)) !== JSON.stringify(before)).toBe(applied);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('agrees with itself: every endpoint and key is found every way, and belongs to a tenant that is there', () => {
    fc.assert(
      fc.property(arbitraryControlEntries, (entries) => {
        const table = new ControlTable();
        for (const entry of entries) table.apply(entry);
        const tenantIds = [...table.tenants()].map(({ id }) => id);
        const all = tenantIds.flatMap((id) => table.endpointsOf(id));
        expect(all).toHaveLength(table.endpointCount);
        for (const endpoint of all) {
          expect(table.endpoint(endpoint.id)).toBe(endpoint);
          expect(table.endpointsOf(endpoint.tenantId)).toContain(endpoint);
        }
        for (const key of table.keys()) {
          expect(table.keyByHash(key.hash)).toBe(key);
          if (key.tenantId !== null) expect(tenantIds).toContain(key.tenantId);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the first installation', () => {
    const table = tableOf({ type: 'installation.created', partitions: 12, timeScale: 1, at: T0 });
    expect(table.apply(entryOf({ type: 'installation.created', partitions: 3, timeScale: 2, at: T0 }))).toBe(
      false,
    );
    expect(table.installation?.partitions).toBe(12);
  });
});

describe('deleting a tenant', () => {
  it('takes its endpoints and keys along, and nobody else’s', () => {
    const table = tableOf(
      tenantCreated('acme'),
      tenantCreated('globex'),
      endpointCreated('wh_1', 'acme'),
      endpointCreated('wh_2', 'globex'),
      keyCreated('key_1', 'acme'),
      keyCreated('key_2', 'globex'),
      keyCreated('root', null),
      tenantDeleted('acme'),
    );
    expect(table.endpoint('wh_1')).toBeUndefined();
    expect(table.endpointsOf('acme')).toEqual([]);
    expect(table.keyByHash('hash of key_1')).toBeUndefined();
    expect(table.endpointCount).toBe(1);
    expect([...table.keys()].map(({ id }) => id)).toEqual(['key_2', 'root']);
  });

  it('leaves no way back for late facts of its endpoints and keys', () => {
    const table = tableOf(
      tenantCreated('acme'),
      endpointCreated('wh_1', 'acme'),
      keyCreated('key_1', 'acme'),
      tenantDeleted('acme'),
    );
    for (const late of [
      endpointCreated('wh_2', 'acme'),
      endpointCreated('wh_1', 'acme'),
      turnedOff('wh_1', 'acme'),
      keyCreated('key_2', 'acme'),
      keyRevoked('key_1'),
    ]) {
      expect(table.apply(entryOf(late))).toBe(false);
    }
    expect(table.endpointsOf('acme')).toEqual([]);
    expect([...table.keys()]).toEqual([]);
  });

  it('gives a tenant of the same id, made later, nothing of the old one', () => {
    const table = tableOf(
      tenantCreated('acme'),
      endpointCreated('wh_1', 'acme'),
      tenantDeleted('acme'),
      tenantCreated('acme'),
    );
    expect(table.endpointsOf('acme')).toEqual([]);
  });
});

describe('API keys in the table', () => {
  it('are one owner’s per hash: the first in the log keeps it', () => {
    const table = tableOf(tenantCreated('acme'), keyCreated('key_1', 'acme', { hash: 'same' }));
    expect(table.apply(entryOf(keyCreated('key_2', null, { hash: 'same' })))).toBe(false);
    expect(table.keyByHash('same')?.id).toBe('key_1');
  });
});

describe('a snapshot of a tenant’s endpoints', () => {
  const world = () =>
    tableOf(
      tenantCreated('acme'),
      tenantCreated('globex'),
      ...['wh_1', 'wh_2', 'wh_3'].map((id) => endpointCreated(id, 'acme')),
      endpointCreated('wh_9', 'globex'),
    );

  it('is the same array until one of them changes', () => {
    const table = world();
    const snapshot = table.endpointsOf('acme');
    expect(table.endpointsOf('acme')).toBe(snapshot);
    table.apply(entryOf(turnedOff('wh_9', 'globex')));
    table.apply(entryOf(turnedOff('wh_1', 'acme', 7)));
    expect(table.endpointsOf('acme')).toBe(snapshot);
    table.apply(entryOf(turnedOff('wh_1', 'acme')));
    expect(table.endpointsOf('acme')).not.toBe(snapshot);
  });

  it('does not change in the hand of its reader', () => {
    const table = world();
    const snapshot = table.endpointsOf('acme');
    const copy = structuredClone(snapshot);
    for (const fact of [
      turnedOff('wh_2', 'acme'),
      endpointDeleted('wh_1', 'acme'),
      endpointCreated('wh_4', 'acme'),
      tenantDeleted('acme'),
    ]) {
      expect(table.apply(entryOf(fact))).toBe(true);
      expect(snapshot).toEqual(copy);
    }
  });

  it('is in order of creation, whatever else happened to them', () => {
    const table = world();
    table.apply(entryOf(turnedOff('wh_1', 'acme')));
    table.apply(entryOf(endpointDeleted('wh_2', 'acme')));
    table.apply(entryOf(endpointCreated('wh_4', 'acme')));
    table.apply(entryOf(endpointCreated('wh_2', 'acme')));
    table.apply(entryOf(turnedOff('wh_4', 'acme')));
    expect(ids(table, 'acme')).toEqual(['wh_1', 'wh_3', 'wh_4', 'wh_2']);
    expect(ids(table, 'globex')).toEqual(['wh_9']);
  });

  it('keeps every endpoint that nothing happened to', () => {
    const table = world();
    const before = table.endpointsOf('acme');
    table.apply(entryOf(turnedOff('wh_2', 'acme')));
    const after = table.endpointsOf('acme');
    expect(after.map((endpoint, index) => endpoint === before[index])).toEqual([true, false, true]);
  });
});

describe('replays', () => {
  const head = { replayId: 'rpl_1', tenantId: 'acme', at: T0 };
  const started: ControlFact = {
    type: 'replay.started',
    ...head,
    version: 1,
    action: 'replay',
    selection: {
      what: 'failed',
      endpointId: null,
      types: [],
      statuses: ['failed'],
      since: T0,
      until: null,
      terms: [],
    },
    restamp: false,
    includeInactive: false,
    ratePerSecond: 200,
    total: 1,
    askedFrom: 0,
  };

  it('number their chains by the position of the fact that started them (R2)', () => {
    const table = tableOf(tenantCreated('acme'));
    expect(table.apply(entryOf(started), 41)).toBe(true);
    expect(table.apply(entryOf({ type: 'replay.paused', ...head, version: 2 }), 57)).toBe(true);
    expect(table.replay('rpl_1')).toMatchObject({ chain: 41, status: 'paused', version: 2 });
    expect(table.apply(entryOf(started), 60)).toBe(false);
    expect(table.replay('rpl_1')?.chain).toBe(41);
  });

  it('go with their tenant, and do not come back by a late fact', () => {
    const table = tableOf(tenantCreated('acme'), started, tenantDeleted('acme'));
    expect([...table.replays()]).toEqual([]);
    expect(table.apply(entryOf({ type: 'replay.resumed', ...head, version: 2 }))).toBe(false);
    expect(table.apply(entryOf(started))).toBe(false);
  });
});
