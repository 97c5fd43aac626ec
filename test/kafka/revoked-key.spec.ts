import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, type KafkaForTests, type PostgresForTests } from '#testkit';
import { callApi } from '../support/api-call.ts';
import { KafkaEngine } from '../support/kafka-engine.ts';
import { startServers } from '../support/start-servers.ts';

const ROUNDS = 5;
/** Half of all, at least; what is printed says by how much. */
const WITHIN_MS = 1_000;
/** Any of them, also while other suites have both cores. */
const AT_WORST_MS = 5_000;

/** One place where a credential is used. */
interface Use {
  readonly name: string;
  readonly key: string;
  readonly ask: (key: string) => Promise<number>;
}

interface Watched {
  /** Ms by the test's clock: when the last request that was taken was sent. */
  readonly taken: number;
  readonly refused: number;
}

/** Asks on until it is refused. `onTaken` is told of each request that was taken. */
async function askOn({ key, ask }: Use, onTaken: () => void): Promise<Watched> {
  for (let taken = 0; ;) {
    const sent = performance.now();
    const status = await ask(key);
    if (status === 401) return { taken, refused: performance.now() };
    if (status >= 300) throw new Error(`an answer that says nothing: ${status}`);
    taken = sent;
    onTaken();
  }
}

describe('a revoked key, over separate processes', () => {
  let kafka: KafkaForTests;
  let postgres: PostgresForTests;
  let engine: KafkaEngine;

  beforeAll(async () => {
    [kafka, postgres] = await startServers();
    engine = new KafkaEngine({ brokers: kafka.brokers, databaseUrl: postgres.connectionString });
    await engine.start();
    await Promise.all([engine.add('ingestion'), engine.add('admin')]);
    await engine.must('POST', '/tenants', { id: 'acme', name: 'Acme', contract: 'standard-webhooks' });
  }, 120_000);

  afterAll(async () => {
    await engine?.stop();
    await Promise.all([kafka?.stop(), postgres?.stop()]);
  }, 60_000);

  const publish = (url: string) => async (key: string) =>
    (await callApi(url, { method: 'POST', path: '/events', body: { type: 'a.b' }, key })).status;
  const read = (url: string) => async (key: string) =>
    (await callApi(url, { method: 'GET', path: '/webhooks?limit=1', body: undefined, key })).status;

  it('is refused by every process within a second, and its portal tokens with it', async () => {
    const late: number[] = [];
    const takenAfter: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { id, key } = await engine.must<{ id: string; key: string }>('POST', '/keys', {
        name: `round ${round}`,
        tenant: 'acme',
      });
      const { token } = await engine.must<{ token: string }>(
        'POST',
        '/tenants/acme/portal-tokens',
        {},
        await known(key),
      );
      const uses: Use[] = [
        ...engine.of('ingestion').map(({ url }, n) => ({ name: `ingestion ${n}`, key, ask: publish(url) })),
        ...engine.of('admin').map(({ url }, n) => ({ name: `admin ${n}`, key, ask: read(url) })),
        ...engine
          .of('admin')
          .map(({ url }, n) => ({ name: `portal at admin ${n}`, key: token, ask: read(url) })),
      ];
      expect(uses).toHaveLength(6);
      await eventually(async () => {
        expect((await Promise.all(uses.map((use) => use.ask(use.key)))).every((status) => status < 300)).toBe(
          true,
        );
      });
      const busy = new Set<Use>();
      const watched = uses.map((use) => askOn(use, () => busy.add(use)));
      await eventually(() => expect(busy.size).toBe(uses.length));
      const asked = performance.now();
      await engine.must('DELETE', `/keys/${id}`);
      for (const [n, { taken, refused }] of (await Promise.all(watched)).entries()) {
        const { name } = uses[n]!;
        expect([name, refused - asked < AT_WORST_MS]).toEqual([name, true]);
        late.push(refused - asked);
        if (taken > asked) takenAfter.push(taken - asked);
      }
    }
    late.sort((a, b) => a - b);
    expect(late[late.length >> 1]).toBeLessThan(WITHIN_MS);
    const ms = (time: number) => `${time.toFixed(1)} ms`;
    process.stdout.write(
      `revoked key: ${ROUNDS} keys at 2 ingestion and 2 admin processes under requests, refused ${ms(late[late.length >> 1]!)} ` +
        `(median), ${ms(late.at(-1)!)} (worst of ${late.length}) after the revocation was asked for; ` +
        `the last request that was taken was sent ${ms(Math.max(0, ...takenAfter))} after it\n`,
    );
  }, 60_000);

  it('was used, and when last, is told with it', async () => {
    const { id, key } = await engine.must<{ id: string; key: string }>('POST', '/keys', {
      name: 'used',
      tenant: 'acme',
    });
    const began = Date.now();
    const shown = () => engine.must<{ last_used_at?: string | null }>('GET', `/keys/${id}`);
    expect(await shown()).toMatchObject({ last_used_at: null });
    // A process that tells of a use for the first time does so after a second; those above have told theirs.
    const fresh = await engine.add('ingestion');
    await eventually(async () => expect(await publish(fresh.url)(key)).toBe(202));
    await eventually(async () => {
      const { last_used_at: at } = await shown();
      expect(Date.parse(at ?? '')).toBeGreaterThanOrEqual(began);
    }, 20_000);
  }, 60_000);

  /** At every admin: the call that follows may come to another one than the call that made it. */
  async function known(key: string): Promise<string> {
    await eventually(async () => {
      for (const { url } of engine.of('admin')) expect(await read(url)(key)).toBe(200);
    });
    return key;
  }
});
