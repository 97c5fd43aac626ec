import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryLog, MemoryStore, type NewRecord } from '#log';
import { ControlWriter } from '../commands/control-writer.ts';
import { tenantCreated } from '../control.fixture.ts';
import { FollowedControl } from '../table/followed-control.ts';
import { rewrapSecrets } from './rewrap-secrets.ts';
import { openHeaders, sealHeaders } from './sealed-headers.ts';
import { endpointOwner, SecretBox, tenantOwner } from './secret-box.ts';

const k1 = Buffer.alloc(32, 1);
const k2 = Buffer.alloc(32, 2);
const before = new SecretBox(new Map([['k1', k1]]), 'k1');
const during = new SecretBox(
  new Map([
    ['k2', k2],
    ['k1', k1],
  ]),
  'k2',
);
const after = new SecretBox(new Map([['k2', k2]]), 'k2');
const NOW = 1_000_000;

describe('sealing anew', () => {
  let log: MemoryLog;
  let control: FollowedControl;
  let writer: ControlWriter;
  /** Told of each append before it is made. */
  let onAppend: (records: readonly NewRecord[]) => Promise<void>;

  beforeEach(async () => {
    const store = new MemoryStore();
    store.ensureTopics(1);
    log = new MemoryLog(store);
    control = new FollowedControl();
    const fail = () => {
      throw new Error('control');
    };
    await control.start(log, { onNewer: fail, onUnreadable: fail, onError: () => undefined });
    onAppend = async () => {};
    const append = async (records: readonly NewRecord[]) => {
      await onAppend(records);
      return log.append(records);
    };
    writer = new ControlWriter({ append }, control, randomUUID);
    await writer.fact(tenantCreated('acme'), 'test');
    const secret = before.seal('jwt', tenantOwner('acme'));
    await writer.tenant('acme', { type: 'set-secret', secret, at: NOW }, 'test');
  });
  afterEach(async () => {
    await control.stop();
    await log.close();
  });

  const create = (id: string, graceUntil?: number) => {
    const owner = endpointOwner('acme', id);
    return writer.endpoint(
      id,
      {
        type: 'create',
        endpointId: id,
        tenantId: 'acme',
        settings: {
          url: 'https://example.com/',
          events: [],
          description: '',
          headers: {
            ...sealHeaders(before, { 'x-a': `a of ${id}` }, { tenantId: 'acme', id }),
            'x-b': 'plain',
          },
        },
        secrets: [
          { sealed: before.seal(`secret of ${id}`, owner), until: null },
          ...(graceUntil === undefined ? [] : [{ sealed: before.seal('old', owner), until: graceUntil }]),
        ],
        active: true,
        at: NOW,
      },
      'test',
    );
  };
  const rewrap = (signal?: AbortSignal) =>
    rewrapSecrets(control, writer, during, { now: () => NOW, ...(signal === undefined ? {} : { signal }) });
  const plainOf = (id: string, box: SecretBox) => {
    const state = control.table.endpoint(id)!;
    const owner = endpointOwner('acme', id);
    return {
      secrets: state.secrets.map(({ sealed }) => box.open(sealed, owner)),
      headers: openHeaders(box, state.headers, state),
    };
  };

  it('leaves what was sealed as it was, without the old key, and changes nothing else', async () => {
    await create('wh_1', NOW + 1);
    const was = control.table.endpoint('wh_1')!;
    expect(await rewrap()).toEqual({ rewrapped: 2, total: 2, unopened: [] });
    expect(plainOf('wh_1', after)).toEqual({
      secrets: ['secret of wh_1', 'old'],
      headers: { 'x-a': 'a of wh_1', 'x-b': 'plain' },
    });
    expect(after.open(control.table.tenant('acme')!.secret!, tenantOwner('acme'))).toBe('jwt');
    const { secrets, headers, version, ...rest } = control.table.endpoint('wh_1')!;
    expect({ ...rest, version }).toEqual({
      ...Object.fromEntries(Object.entries(was).filter(([name]) => name !== 'secrets' && name !== 'headers')),
      version: 2,
    });
    expect(secrets.map(({ until }) => until)).toEqual([null, NOW + 1]);
    expect(JSON.stringify(headers)).not.toContain('plain');
  });

  it('done once, finds nothing to do', async () => {
    await create('wh_1');
    await rewrap();
    expect(await rewrap()).toEqual({ rewrapped: 0, total: 2, unopened: [] });
  });

  it('broken off in the middle, goes on where it stopped', async () => {
    for (let n = 0; n < 60; n += 1) await create(`wh_${n}`);
    const breaking = new AbortController();
    let appends = 0;
    onAppend = async () => {
      appends += 1;
      if (appends === 20) breaking.abort(new Error('broken off'));
    };
    await expect(rewrap(breaking.signal)).rejects.toThrow('broken off');
    onAppend = async () => {};
    const { rewrapped, total } = await rewrap();
    expect(total).toBe(61);
    expect(rewrapped).toBeGreaterThan(0);
    expect(rewrapped).toBeLessThan(61);
    for (let n = 0; n < 60; n += 1) expect(plainOf(`wh_${n}`, after).secrets).toEqual([`secret of wh_${n}`]);
  });

  it('lets a rotation that comes between its look and its fact win, and seals what that left', async () => {
    await create('wh_1');
    const sealed = before.seal('rotated', endpointOwner('acme', 'wh_1'));
    const rival = new ControlWriter(log, control, randomUUID);
    let raced = false;
    onAppend = async ([record]) => {
      if (raced || record?.key !== 'wh_1') return;
      raced = true;
      await rival.endpoint('wh_1', { type: 'rotate-secret', sealed, graceMs: 0, at: NOW }, 'rival');
    };
    expect(await rewrap()).toMatchObject({ rewrapped: 2 });
    expect(raced).toBe(true);
    expect(plainOf('wh_1', after).secrets).toEqual(['rotated']);
  });

  it('tells what no key opens, and does the others', async () => {
    await create('wh_1');
    const lost = new SecretBox(new Map([['k0', Buffer.alloc(32, 9)]]), 'k0');
    const sealed = lost.seal('lost', endpointOwner('acme', 'wh_1'));
    await writer.endpoint('wh_1', { type: 'rotate-secret', sealed, graceMs: 0, at: NOW }, 'test');
    await create('wh_2');
    const { rewrapped, unopened } = await rewrap();
    expect(rewrapped).toBe(2);
    expect(unopened).toEqual([expect.stringMatching(/^webhook wh_1: sealed with key k0/)]);
    expect(plainOf('wh_2', after).secrets).toEqual(['secret of wh_2']);
  });

  it('leaves out what signs no more, whatever its key', async () => {
    await create('wh_1', NOW);
    await rewrap();
    expect(plainOf('wh_1', after).secrets).toEqual(['secret of wh_1']);
  });
});
