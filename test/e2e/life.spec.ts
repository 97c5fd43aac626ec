import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testkit';
import { makeDataFolder } from '../support/data-folder.ts';
import { LedgerReceiver } from '../support/ledger-receiver.ts';
import { runEngine } from '../support/run-engine.ts';
import { StandaloneProcess } from '../support/standalone-process.ts';

/** sysexits.h */
const EX_CONFIG = 78;

describe('the life of an installation', () => {
  let folder: Awaited<ReturnType<typeof makeDataFolder>>;
  let engine: StandaloneProcess;
  const receiver = new LedgerReceiver(() => ({ status: 200, delayMs: 100 }));

  beforeAll(async () => {
    folder = await makeDataFolder('life');
    engine = new StandaloneProcess({ HYPERHOOK_DATA_DIR: folder.path, HYPERHOOK_PARTITIONS: '4' });
    await engine.start();
    const url = await receiver.open();
    await engine.must('POST', '/tenants', { id: 'load', name: 'load', contract: 'hypertune' });
    await engine.must('POST', '/webhooks?tenant=load', { url: `${url}/a` });
  }, 60_000);

  afterAll(async () => {
    await engine?.stop();
    await receiver.close();
    await folder?.remove();
  }, 60_000);

  it('keeps its key over a restart, and shows it no more', async () => {
    const key = engine.rootKey;
    await engine.stop();
    await engine.start();
    expect(engine.rootKey).toBe(key);
    expect((await engine.call('GET', '/tenants')).status).toBe(200);
  }, 30_000);

  it('SIGTERM under load: what was accepted is delivered after the restart, nothing twice', async () => {
    const accepted = new Set<string>();
    const began = new AbortController();
    let next = 0;
    const publish = async (): Promise<void> => {
      while (!began.signal.aborted) {
        const batch = Array.from({ length: 10 }, () => ({
          id: `load${String((next += 1)).padStart(17, '0')}`,
          tenant: 'load',
          type: 'LOADED',
          data: {},
        }));
        // Refused or cut off while it stops: only what was answered counts.
        const answer = await engine
          .call<{ id: string; status: string }[]>('POST', '/events', batch)
          .catch(() => undefined);
        if (answer?.status === 202) for (const { id } of answer.body) accepted.add(id);
        else await delay(20);
      }
    };
    const publishers = Array.from({ length: 4 }, publish);
    for (const round of [1, 2]) {
      await eventually(() => expect(accepted.size).toBeGreaterThan(round * 300), 30_000);
      expect(await engine.stop()).toBe(0);
      await engine.start();
    }
    began.abort();
    await Promise.all(publishers);
    const arrived = () => receiver.receipts.map(({ id }) => id);
    await eventually(() => {
      const there = new Set(arrived());
      expect([...accepted].filter((id) => !there.has(id))).toEqual([]);
    }, 30_000);
    await eventually(async () => {
      const open = await engine.must<{ data: object[] }>(
        'GET',
        '/deliveries?tenant=load&status=pending&limit=1',
      );
      expect(open.data).toEqual([]);
    }, 30_000);
    const duplicates = arrived().length - new Set(arrived()).size;
    process.stdout.write(`SIGTERM under load, twice: ${accepted.size} accepted, ${duplicates} duplicated\n`);
    expect(duplicates).toBe(0);
  }, 90_000);

  it('refuses a second engine on the same folder, and says who is there', async () => {
    const second = await runEngine([], { HYPERHOOK_DATA_DIR: folder.path, HYPERHOOK_PARTITIONS: '4' });
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(`is in use by process ${engine.pid}`);
    expect(second.stderr).toContain('stop that one first, or use another folder');
    expect((await engine.call('GET', '/tenants')).status).toBe(200);
  }, 30_000);

  it('refuses a rebuild beside a running engine', async () => {
    const rebuild = await runEngine(['rebuild'], { HYPERHOOK_DATA_DIR: folder.path });
    expect(rebuild.code).toBe(1);
    expect(rebuild.stderr).toContain(`is in use by process ${engine.pid}`);
  }, 30_000);

  it.each([
    [{ HYPERHOOK_PARTITIONS: '8' }, /HYPERHOOK_PARTITIONS=4 \(asked for now: 8\)/],
    [
      { HYPERHOOK_PARTITIONS: '4', HYPERHOOK_TIME_SCALE: '0.5' },
      /HYPERHOOK_TIME_SCALE=1 \(asked for now: 0.5\)/,
    ],
  ])(
    'refuses %j on a folder that was created otherwise',
    async (env, told) => {
      await engine.stop();
      const refused = await runEngine([], { HYPERHOOK_DATA_DIR: folder.path, ...env });
      expect(refused.code).toBe(EX_CONFIG);
      const said = refused.stderr.trim().split('\n').at(-1);
      expect(said).toMatch(/^hyperhook: this installation was created with/);
      expect(said).toMatch(told);
      await engine.start();
    },
    30_000,
  );

  it('ends with 78 for a bad configuration, and names every problem at once', async () => {
    const bad = await runEngine([], {
      HYPERHOOK_DATA_DIR: folder.path,
      HYPERHOOK_PARTITIONS: 'many',
      HYPERHOOK_TIME_SCALE: '7',
      HYPERHOOK_ALLOW_HTTP: 'perhaps',
      HYPERHOOK_PROT: '80',
    });
    expect(bad.code).toBe(EX_CONFIG);
    for (const name of ['PARTITIONS', 'TIME_SCALE', 'ALLOW_HTTP', 'PROT']) {
      expect(bad.stderr).toContain(`HYPERHOOK_${name}`);
    }
    expect(bad.stdout).toBe('');
  });

  it('ends with 78 for a command that does not exist', async () => {
    const unknown = await runEngine(['rebiuld'], { HYPERHOOK_DATA_DIR: folder.path });
    expect(unknown.code).toBe(EX_CONFIG);
    expect(unknown.stderr).toContain('rebuild');
  });
});
