import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { describeLogContract, eventually, startPostgres, type PostgresForTests } from '#testkit';
import { Batcher } from '../core/batcher.ts';
import type { LogError } from '../port/log-error.ts';
import type { NewRecord } from '../port/record.ts';
import { openPostgresLog, type PostgresLog } from './postgres-log.ts';

let postgres: PostgresForTests;
let admin: pg.Client;
let count = 0;

/** A log of its own for each test: a schema that no other one has. */
const prefixFor = () => `t${(count += 1)}_`;

const open = (prefix: string, onLost: (error: LogError) => void = () => {}): Promise<PostgresLog> =>
  openPostgresLog({ connection: { connectionString: postgres.connectionString }, prefix, onLost });

/** What a crash looks like to the database: the session that holds the lock is gone. */
async function killOwner(): Promise<void> {
  await admin.query(
    `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()`,
  );
}

const record = (text: string, partition = 0): NewRecord => ({
  topic: 'events',
  partition,
  key: null,
  headers: { 'schema-version': '1' },
  value: new TextEncoder().encode(text),
});

const texts = async (log: PostgresLog, from = 0) => {
  const found: string[] = [];
  for await (const slice of log.read('events', 0, from)) {
    found.push(...slice.map((one) => new TextDecoder().decode(one.value)));
  }
  return found;
};

const withLog = async (run: (log: PostgresLog, prefix: string) => Promise<void>): Promise<void> => {
  const prefix = prefixFor();
  const log = await open(prefix);
  try {
    await log.ensureTopics(2);
    await run(log, prefix);
  } finally {
    await log.close();
  }
};

// In a describe of its own: the check for leaks comes after the hooks of describes, not after those of the file.
describe('over a real PostgreSQL', () => {
  beforeAll(async () => {
    postgres = await startPostgres();
    admin = new pg.Client({ connectionString: postgres.connectionString });
    await admin.connect();
  }, 60_000);

  afterAll(async () => {
    await admin?.end();
    await postgres?.stop();
  }, 60_000);

  describeLogContract('PostgreSQL', async () => {
    const prefix = prefixFor();
    const log = await open(prefix);
    const opened = [log];
    return {
      log,
      reopen: async () => {
        await killOwner();
        const next = await eventually(() => open(prefix));
        opened.push(next);
        return next;
      },
      close: async () => {
        await Promise.all(opened.map((one) => one.close()));
      },
    };
  });

  describe('PostgreSQL log: one process', () => {
    it('refuses a second process while the first lives, and lets it in afterwards', async () => {
      const prefix = prefixFor();
      const first = await open(prefix);
      await expect(open(prefix)).rejects.toMatchObject({ code: 'log_owned_elsewhere' });
      const other = await open(prefixFor());
      await other.close();
      await first.close();
      const second = await open(prefix);
      await second.close();
    });

    it('tells once that ownership is lost, and writes nothing afterwards', async () => {
      const prefix = prefixFor();
      const lost: LogError[] = [];
      const log = await open(prefix, (error) => lost.push(error));
      await log.ensureTopics(2);
      await killOwner();
      await eventually(() => expect(lost).toHaveLength(1));
      await expect(log.append([record('a')])).rejects.toMatchObject({ code: 'log_closed', retryable: false });
      const next = await open(prefix);
      expect(await next.endOffsets('events')).toEqual([0, 0]);
      await next.close();
      expect(lost).toHaveLength(1);
    });

    it('answers an append that is in flight when ownership is lost', async () => {
      const prefix = prefixFor();
      const log = await open(prefix);
      await log.ensureTopics(2);
      await admin.query('BEGIN');
      await admin.query(`LOCK TABLE ${prefix}log.records IN ACCESS EXCLUSIVE MODE`);
      const append = log.append([record('a')]).then(
        () => 'durable',
        (error: LogError) => error.code,
      );
      await eventually(async () => {
        const waiting = await admin.query(`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'`);
        expect(waiting.rows).toHaveLength(1);
      });
      await killOwner();
      await admin.query('ROLLBACK');
      expect(['log_unavailable', 'log_closed']).toContain(await append);
    });

    it('says that the database is away', async () => {
      const connection = { host: '127.0.0.1', port: 1, user: 'nobody' };
      await expect(openPostgresLog({ connection, onLost: () => {} })).rejects.toMatchObject({
        code: 'log_unavailable',
        retryable: true,
      });
    });

    it('has one member in a group at a time', async () => {
      await withLog(async (log) => {
        const handlers = {
          onClaim: () => Promise.resolve(),
          onSlice: () => {},
          onLose: () => Promise.resolve(),
          onCrash: () => {},
        };
        const group = await log.join({ name: 'policies', topics: ['outcomes'] }, handlers);
        await expect(log.join({ name: 'policies', topics: ['outcomes'] }, handlers)).rejects.toMatchObject({
          code: 'log_owned_elsewhere',
        });
        await group.leave();
        await log.join({ name: 'policies', topics: ['outcomes'] }, handlers);
      });
    });

    it.each(['', 'Log', '1a', 'a"b', 'a;drop', 'x'.repeat(42)])('refuses the prefix "%s"', async (prefix) => {
      await expect(open(prefix)).rejects.toThrow(/prefix/);
    });
  });

  describe('PostgreSQL log: appends', () => {
    it('never has two statements under way on the connection that holds the lock', async () => {
      // What pg itself would only warn of, once for each process.
      const real = Reflect.get(pg.Client.prototype, 'query') as (...given: never[]) => unknown;
      const underWay = new Map<unknown, number>();
      let most = 0;
      const counted = function (this: pg.Client, ...given: never[]) {
        underWay.set(this, (underWay.get(this) ?? 0) + 1);
        most = Math.max(most, underWay.get(this) ?? 0);
        const answer: unknown = Reflect.apply(real, this, given);
        const ended = () => underWay.set(this, (underWay.get(this) ?? 0) - 1);
        return Promise.resolve(answer).finally(ended);
      };
      Reflect.set(pg.Client.prototype, 'query', counted);
      try {
        await withLog(async (log) => {
          const both = (at: number) => [
            log.append([record(`r${at}`)]),
            log.commit('g', 'events', 0, { offset: at, metadata: '' }),
          ];
          await Promise.all(Array.from({ length: 20 }, (_, at) => both(at)).flat());
          expect(await log.committed('g', 'events', 0)).toEqual({ offset: 19, metadata: '' });
          expect(await texts(log)).toHaveLength(20);
        });
      } finally {
        Reflect.set(pg.Client.prototype, 'query', real);
      }
      expect(most).toBe(1);
    });

    it('fails a statement that the server refuses, retryably, and goes on', async () => {
      await withLog(async (log, prefix) => {
        await log.append([record('a')]);
        await admin.query(
          `ALTER TABLE ${prefix}log.records ADD CONSTRAINT full_disk CHECK (false) NOT VALID`,
        );
        await expect(log.append([record('b')])).rejects.toMatchObject({ code: 'log_unavailable' });
        await admin.query(`ALTER TABLE ${prefix}log.records DROP CONSTRAINT full_disk`);
        const [appended] = await log.append([record('c')]);
        expect(appended?.offset).toBe(1);
        expect(await texts(log)).toEqual(['a', 'c']);
      });
    });

    it('finds records of a statement whose answer was lost, and never gives their offsets again', async () => {
      await withLog(async (log, prefix) => {
        await log.append([record('a')]);
        const seen: number[] = [];
        await log.follow('events', 0, 0, {
          onRecords: (records) => void seen.push(...records.map((one) => one.offset)),
          onError: () => seen.push(-1),
        });
        // As if an earlier statement had gone through after its failure was told.
        await admin.query(
          `INSERT INTO ${prefix}log.records SELECT topic, part, 1, appended_at, key, headers, value FROM ${prefix}log.records`,
        );
        const batcher = new Batcher(log, { backoffMs: 1 });
        const appended = await batcher.append(record('b'));
        expect(appended.offset).toBe(2);
        expect(await texts(log)).toEqual(['a', 'a', 'b']);
        await eventually(() => expect(seen).toEqual([0, 1, 2]));
      });
    });

    it('keeps append times from falling when the wall clock was set back', async () => {
      const prefix = prefixFor();
      const log = await open(prefix);
      await log.ensureTopics(2);
      await log.append([record('a')]);
      const later = Date.now() + 3_600_000;
      await log.close();
      await admin.query(`UPDATE ${prefix}log.records SET appended_at = $1`, [later]);
      const next = await open(prefix);
      const [appended] = await next.append([record('b')]);
      expect(appended?.appendedAt).toBeGreaterThanOrEqual(later);
      expect(next.now()).toBeGreaterThanOrEqual(later);
      await next.close();
    });

    it('serves a reader far behind from the table, and one at the tail from memory, without a gap between', async () => {
      await withLog(async (log) => {
        const many = Array.from({ length: 6_000 }, (_, i) => `${i}`);
        await log.append(many.slice(0, 4_000).map((text) => record(text)));
        const seen: string[] = [];
        await log.follow('events', 0, 0, {
          onRecords: (records) =>
            void seen.push(...records.map((one) => new TextDecoder().decode(one.value))),
          onError: (error) => seen.push(error.message),
        });
        for (let from = 4_000; from < 6_000; from += 100) {
          await log.append(many.slice(from, from + 100).map((text) => record(text)));
        }
        await eventually(() => expect(seen).toHaveLength(6_000));
        expect(seen).toEqual(many);
      });
    }, 30_000);
  });

  describe('PostgreSQL log: retention', () => {
    const WEEK = 7 * 24 * 3_600_000;

    it('deletes what a topic no longer keeps, never control, and keeps counting over an emptied partition', async () => {
      const prefix = prefixFor();
      const log = await open(prefix);
      await log.ensureTopics(2);
      await log.append([record('a'), record('b'), { ...record('fact'), topic: 'control' }]);
      expect(await log.sweep(log.now() + WEEK - 60_000)).toBe(0);
      expect(await log.sweep(log.now() + WEEK + 60_000)).toBe(2);
      expect(await log.startOffsets('events')).toEqual([2, 0]);
      expect(await log.endOffsets('events')).toEqual([2, 0]);
      expect(await log.endOffsets('control')).toEqual([1]);
      await log.close();
      const next = await open(prefix);
      const [appended] = await next.append([record('c')]);
      expect(appended?.offset).toBe(2);
      expect(await texts(next)).toEqual(['c']);
      expect(await next.startOffsets('events')).toEqual([2, 0]);
      expect((await next.readOne('control', 0, 0))?.offset).toBe(0);
      await next.close();
    });

    it('deletes only the old head of a partition, in several statements', async () => {
      await withLog(async (log, prefix) => {
        await log.append(Array.from({ length: 5_500 }, (_, i) => record(`${i}`)));
        await admin.query(`UPDATE ${prefix}log.records SET appended_at = appended_at - $1 WHERE off < 5200`, [
          WEEK + 60_000,
        ]);
        expect(await log.sweep()).toBe(5_200);
        expect(await log.startOffsets('events')).toEqual([5_200, 0]);
        expect(await texts(log, 5_498)).toEqual(['5498', '5499']);
      });
    }, 30_000);
  });
});
