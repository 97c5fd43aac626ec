import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestPostgres, type TestPostgres } from '../../fixtures/test-postgres.ts';
import { openReadModel, type ReadModel } from '../open-read-model.ts';

const NOON = Date.UTC(2026, 10, 20, 12);
const DAY = 86_400_000;
const times = (now: number) => ({ now, notBefore: now - DAY });

describe('answered requests', () => {
  let postgres: TestPostgres;
  let readModel: ReadModel;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    readModel = await openReadModel({ connectionString: postgres.connectionString });
    await readModel.migrate();
  }, 30_000);
  afterAll(async () => {
    await readModel?.close();
    await postgres?.stop();
  });

  it('are taken by one of many who ask at once', async () => {
    const request = { caller: 'key_one', key: 'race' };
    const fates = await Promise.all(
      Array.from({ length: 20 }, () => readModel.answered.take(request, 'f', times(NOON))),
    );
    expect(fates.filter(({ state }) => state === 'taken')).toHaveLength(1);
    expect(fates.filter(({ state }) => state === 'under-way')).toHaveLength(19);
  });

  it('keep their answer until they are too old, and belong to their caller', async () => {
    const request = { caller: 'key_one', key: 'kept' };
    await readModel.answered.take(request, 'first', times(NOON));
    await readModel.answered.keep(request, 'sealed');
    await readModel.answered.release(request);
    expect(await readModel.answered.take(request, 'second', times(NOON + DAY))).toEqual({
      state: 'answered',
      fingerprint: 'first',
      sealed: 'sealed',
    });
    const other = { ...request, caller: 'key_two' };
    expect(await readModel.answered.take(other, 'x', times(NOON))).toEqual({ state: 'taken' });
    expect(await readModel.answered.take(request, 'second', times(NOON + DAY + 1))).toEqual({
      state: 'taken',
    });
    expect(await readModel.answered.take(request, 'third', times(NOON + DAY + 2))).toEqual({
      state: 'under-way',
      fingerprint: 'second',
      takenAt: NOON + DAY + 1,
    });
  });

  it('may be taken again once released, and are forgotten by time', async () => {
    const request = { caller: 'key_one', key: 'released' };
    await readModel.answered.take(request, 'f', times(NOON));
    await readModel.answered.release(request);
    expect(await readModel.answered.take(request, 'f', times(NOON))).toEqual({ state: 'taken' });
    await readModel.answered.forgetBefore(NOON + 2 * DAY);
    const rows = await readModel.dataSource.query<unknown[]>('SELECT FROM answered_requests');
    expect(rows).toEqual([]);
  });
});
