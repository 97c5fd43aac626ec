import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testkit';
import type { EngineUnderTest } from '../support/engine-under-test.ts';
import { LedgerReceiver } from '../support/ledger-receiver.ts';
import { openEngine } from '../support/open-engine.ts';

/** sysexits.h */
const EX_CONFIG = 78;

describe('the life of an installation', () => {
  let engine: EngineUnderTest;
  const receiver = new LedgerReceiver(() => ({ status: 200, delayMs: 100 }));

  beforeAll(async () => {
    engine = await openEngine('life', { HYPERHOOK_PARTITIONS: '4' });
    const url = await receiver.open();
    await engine.must('POST', '/tenants', { id: 'load', name: 'load', contract: 'hypertune' });
    await engine.must('POST', '/webhooks?tenant=load', { url: `${url}/a` });
  }, 180_000);

  afterAll(async () => {
    await engine?.remove();
    await receiver.close();
  }, 180_000);

  it('goes on with its key and its tenants after a restart', async () => {
    const key = engine.rootKey;
    expect(new Set(await engine.stop())).toEqual(new Set([0]));
    await engine.start();
    const { data } = await engine.must<{ data: { id: string }[] }>('GET', '/tenants', undefined, key);
    expect(data.map(({ id }) => id)).toEqual(['load']);
  }, 120_000);

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
    try {
      for (const round of [1, 2]) {
        await eventually(() => expect(accepted.size).toBeGreaterThan(round * 300), 30_000);
        expect(new Set(await engine.stop())).toEqual(new Set([0]));
        await engine.start();
      }
    } finally {
      began.abort();
      await Promise.all(publishers);
    }
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
  }, 240_000);

  it.each([
    [{ HYPERHOOK_PARTITIONS: '8' }, /HYPERHOOK_PARTITIONS=4 \(asked for now: 8\)|has 4 partitions, 8 were/],
    [{ HYPERHOOK_TIME_SCALE: '0.5' }, /HYPERHOOK_TIME_SCALE=1 \(asked for now: 0.5\)/],
  ])(
    'refuses to start with %j where it was created otherwise',
    async (env, told) => {
      await engine.stop();
      for (const refused of await engine.run([], env)) {
        expect(refused).toMatchObject({ code: EX_CONFIG, stdout: '' });
        expect(refused.stderr).toMatch(/^hyperhook/m);
        expect(refused.stderr).toMatch(told);
      }
      await engine.start();
    },
    180_000,
  );

  it('ends with 78 for a bad configuration, and names every problem at once', async () => {
    const bad = await engine.run([], {
      HYPERHOOK_PARTITIONS: 'many',
      HYPERHOOK_TIME_SCALE: '7',
      HYPERHOOK_DRAIN_WITHIN: 'soon',
      HYPERHOOK_PROT: '80',
    });
    for (const { code, stdout, stderr } of bad) {
      expect(code).toBe(EX_CONFIG);
      for (const name of ['PARTITIONS', 'TIME_SCALE', 'DRAIN_WITHIN', 'PROT']) {
        expect(stderr).toContain(`HYPERHOOK_${name}`);
      }
      expect(stdout).toBe('');
    }
  });

  it('ends with 78 for a command that does not exist, and tells those that do', async () => {
    for (const unknown of await engine.run(['rebiuld'], {})) {
      expect(unknown).toMatchObject({ code: EX_CONFIG, stderr: expect.stringMatching(/"rebiuld".* serve/) });
    }
  });
});
