import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readBackup } from '#control';
import { eventually } from '#testkit';
import type { AdminWorld } from '../../fixtures/admin-world.ts';
import { GrpcWorld } from '../../fixtures/grpc-scene.ts';

const tenant = (id: string, more: object = {}) =>
  JSON.stringify({ kind: 'tenant', id, name: id, contract: 'hyprwatch', ...more });
const webhook = (id: string, of: string) =>
  JSON.stringify({
    kind: 'webhook',
    id,
    tenant: of,
    url: 'https://example.com/hook',
    secret: 'whsec_uHijtrFKfweiEmvRhOyRgYmL54y6e7/h0A5TLZLpKMU=',
  });
const resultsIn = (message: Readonly<Record<string, unknown>>) =>
  (message['results'] as { result: string }[]).map(({ result }) => result);

describe('moving in and out over gRPC', () => {
  let open: GrpcWorld;
  let world: AdminWorld;

  beforeAll(async () => {
    open = await GrpcWorld.open();
    ({ world } = open);
    const created = { type: 'installation.created', partitions: 4, timeScale: 1, at: 1 } as const;
    await world.writer.fact(created, 'installation');
  });
  afterAll(() => open.close());

  const bring = (requests: readonly object[], tenantId?: string) =>
    open.exchange(
      'TransferService/Import',
      requests,
      tenantId === undefined ? {} : { metadata: { 'hyperhook-tenant': tenantId } },
    );
  const exported = async (from = open) => {
    const { messages } = await from.call('TransferService/Export', {});
    return messages.flatMap(({ lines }) => lines as string[]);
  };

  it('what was exported is imported elsewhere, and exported again, the same', async () => {
    for (let n = 0; n < 400; n += 1) await bring([{ lines: [tenant(`t${n}`), webhook(`wh${n}`, `t${n}`)] }]);
    const there = await GrpcWorld.open();
    try {
      const lines = (await exported()).filter((line) => !/"kind":"(end|key)"/.test(line));
      const messages = [lines.slice(0, 500), lines.slice(500)].map((part) => ({ lines: part }));
      const done = await there.exchange('TransferService/Import', messages);
      expect(done).toMatchObject({ code: 0, messages: [{ counts: { created: 500 } }, {}] });
      const again = (await exported(there)).filter((line) => !/"kind":"(end|key)"/.test(line));
      expect(again).toEqual(lines);
    } finally {
      await there.close();
    }
  });

  it('each message is answered by itself, each line by itself, with pointers into the message', async () => {
    const { code, messages } = await bring([
      { lines: [tenant('a1'), '{"kind":"tenant","id":"a2"}', '{"kind":"tenant","kind":"key"}', 'nothing'] },
      { lines: [tenant('a1'), tenant('a1', { name: 'Other' })] },
    ]);
    expect(code).toBe(0);
    expect(messages.map(resultsIn)).toEqual([
      ['created', 'refused', 'refused', 'refused'],
      ['unchanged', 'conflict'],
    ]);
    expect(messages[0]!['results']).toMatchObject([
      {},
      { id: 'a2', problem: { errors: [{ pointer: '/lines/1/name' }] } },
      { problem: { code: 'duplicate_key', errors: [{ pointer: '/lines/2/kind' }] } },
      { problem: { code: 'invalid_json' } },
    ]);
  });

  it('a dry run goes over all messages: later lines build on those that were only planned', async () => {
    const before = world.control.position;
    const { messages } = await bring([
      { lines: [tenant('d1')], dry_run: true },
      { lines: [webhook('wh_d1', 'd1')] },
    ]);
    expect(messages.map(resultsIn)).toEqual([['created'], ['created']]);
    expect(world.control.position).toBe(before);
  });

  it('how it is done is said first, and cannot be said otherwise later; what was answered stands', async () => {
    const ended = await bring([
      { lines: [tenant('c1')], on_conflict: 'update' },
      { lines: [tenant('c1', { name: 'New' })] },
      { lines: [tenant('c2')], on_conflict: 'skip' },
    ]);
    expect(ended.messages.map(resultsIn)).toEqual([['created'], ['updated']]);
    expect(ended).toMatchObject({
      code: status.INVALID_ARGUMENT,
      problem: { errors: [{ pointer: '/on_conflict', code: 'changed' }] },
    });
    expect(world.control.table.tenant('c1')?.name).toBe('New');
  });

  it('a root key that acts for a tenant moves that one alone, over REST too', async () => {
    await bring([{ lines: [tenant('mine'), tenant('theirs'), webhook('wh_theirs', 'theirs')] }]);
    const { message } = await bring(
      [{ lines: [webhook('wh_mine', 'mine'), webhook('wh_2', 'theirs')] }],
      'mine',
    );
    expect(resultsIn(message)).toEqual(['created', 'refused']);
    const body = { lines: [JSON.parse(tenant('theirs', { name: 'Mine' }))], on_conflict: 'update' };
    const refused = await world.send('POST', '/import?tenant=mine', { body });
    expect(refused.body['results']).toMatchObject([
      { result: 'refused', problem: { errors: [{ pointer: '/lines/0/id' }] } },
    ]);
    const { payload } = await world.app.inject({
      url: '/api/v1/export?tenant=mine',
      headers: { authorization: `Bearer ${world.rootKey}` },
    });
    expect(payload).toContain('wh_mine');
    expect(payload).not.toContain('theirs');
    expect((await world.send('GET', '/backup?tenant=mine')).status).toBe(403);
  });

  it('a key that is revoked meanwhile brings nothing more', async () => {
    const { body } = await world.send('POST', '/keys', { body: { name: 'mover' } });
    const stream = open.client.stream('TransferService', 'Import', { key: String(body['key']) });
    const answers: Record<string, unknown>[] = [];
    stream.on('data', (answer: Record<string, unknown>) => answers.push(answer));
    const ended = new Promise<{ code: number }>((resolve) => stream.on('error', resolve as () => void));
    stream.write({ lines: [tenant('r1')] });
    await eventually(() => expect(answers).toHaveLength(1));
    await world.send('DELETE', `/keys/${String(body['id'])}`);
    stream.write({ lines: [tenant('r2')] });
    expect((await ended).code).toBe(status.UNAUTHENTICATED);
    expect(world.control.table.tenant('r2')).toBeUndefined();
  });

  it('a backup is a file that restores, byte for byte', async () => {
    const { messages } = await open.call('TransferService/Backup', {});
    const text = Buffer.concat(messages.map(({ data }) => data as Buffer)).toString();
    expect(readBackup(text).records.length).toBe(world.control.position);
    expect(Math.max(...messages.map(({ data }) => (data as Buffer).length))).toBeLessThan(70_000);
  });

  it('the deadline of the caller ends it', async () => {
    const stream = open.client.stream('TransferService', 'Import', { deadlineMs: 300 });
    const ended = new Promise<{ code: number }>((resolve) => stream.on('error', resolve as () => void));
    stream.resume();
    stream.write({ lines: [tenant('late')] });
    expect((await ended).code).toBe(status.DEADLINE_EXCEEDED);
  });
});

describe('a stop', () => {
  it('ends imports that are open, and exports that nobody reads', async () => {
    const open = await GrpcWorld.open();
    await open.exchange('TransferService/Import', [{ lines: [tenant('big')] }]);
    // Far more than lies between a server and a client that does not read.
    const long = `https://example.com/${'x'.repeat(1_500)}`;
    const part = (from: number) =>
      Array.from({ length: 225 }, (_, n) => webhook(`wh${from + n}`, 'big').replace(/https:[^"]*/, long));
    const parts = [0, 225, 450, 675].map((from) => ({ lines: part(from) }));
    const brought = await open.exchange('TransferService/Import', parts);
    expect(brought.messages.map(({ counts }) => counts)).toMatchObject(parts.map(() => ({ created: 225 })));
    const codes: number[] = [];
    const opened = (method: string) => {
      const stream = open.client.stream('TransferService', method);
      stream.on('error', ({ code }: { code?: number }) => codes.push(code ?? -1));
      return stream;
    };
    const idle = opened('Import');
    idle.resume();
    idle.write({ lines: [tenant('one')] });
    await eventually(() => expect(open.world.control.table.tenant('one')).toBeDefined());
    const before = open.world.control.position;
    const unread = opened('Export').pause();
    unread.write({});
    unread.end();
    await eventually(() => expect(open.world.control.position).toBe(before + 1));
    await open.door.close();
    unread.resume();
    await eventually(() => expect(codes).toEqual([status.UNAVAILABLE, status.UNAVAILABLE]));
    open.client.close();
    await open.world.close();
  });
});
