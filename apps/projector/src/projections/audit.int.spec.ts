import type { ControlFact } from '#domain';
import { encodeControl } from '#log';
import { openReadModel, type ReadModel } from '#read-model';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestPostgres, type TestPostgres } from '../../../../libs/read-model/fixtures/test-postgres.ts';
import { endpointLife, NOON } from '../../fixtures/history.ts';
import { empty } from '../../fixtures/tables.ts';
import { gathered, projections } from './projection.ts';

const tenant: ControlFact = {
  type: 'tenant.created',
  tenantId: 'acme',
  name: 'Acme',
  contract: 'hyprwatch',
  attributes: {},
  secret: null,
  entitled: true,
  version: 1,
  at: NOON,
};

describe('the audit of an installation', () => {
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
  beforeEach(() => empty(readModel));

  /** Folds facts, one slice for each, as a projector would that is never far behind. */
  const fold = async (facts: readonly { fact: ControlFact; factId?: string; actor?: string }[]) => {
    for (const [offset, { fact, factId = `fact-${offset}`, actor = 'key:key_1' }] of facts.entries()) {
      const record = {
        topic: 'control' as const,
        partition: 0,
        offset,
        appendedAt: NOON,
        ...encodeControl({ factId, actor, fact }),
      };
      const decoded = projections.get('control')!(record);
      if (!decoded.ok) throw new Error(JSON.stringify(decoded));
      const place = { projection: 'projections', topic: 'control' as const, partition: 0 };
      const from = offset === 0 ? null : offset;
      const changes = gathered([decoded.value]);
      await readModel.store.apply([{ ...place, from, to: offset + 1, changes }]);
    }
  };
  const listed = async (tenantId: string | null, filter = {}) => {
    const { items } = await readModel.queries.listAudit(tenantId, filter);
    return items.map(({ type, position }) => `${position} ${type}`);
  };

  it('tells what was put back from quarantine, by the record', async () => {
    const recordId = 'events/3/77';
    await fold([{ fact: { type: 'record.redriven', recordId, offset: 90, at: NOON + 5 } }]);
    const { items } = await readModel.queries.listAudit(null, { type: 'record.redriven', subject: recordId });
    expect(items).toMatchObject([{ subjectKind: 'record', subjectId: recordId, details: { offset: 90 } }]);
    expect(await readModel.queries.redrivenAt([recordId, 'events/3/78'])).toEqual(
      new Map([[recordId, NOON + 5]]),
    );
  });

  it('lists what applied, newest first, with what it was before and after', async () => {
    const life = endpointLife('wh_1');
    const created = life.created();
    const failed = life.failed({ partition: 1, offset: 9 });
    await fold([
      {
        fact: { type: 'installation.created', partitions: 2, timeScale: 1, at: NOON },
        actor: 'installation',
      },
      { fact: tenant },
      { fact: created },
      { fact: failed, actor: 'policy:disable-endpoint' },
      // Once more, and one of a version that has passed: nothing happened.
      { fact: failed, factId: 'fact-3' },
      { fact: { ...created, type: 'endpoint.deleted' } },
    ]);
    const { items } = await readModel.queries.listAudit(null, {});
    expect(items.map(({ type }) => type)).toEqual([
      'endpoint.failed',
      'endpoint.created',
      'tenant.created',
      'installation.created',
    ]);
    expect(items[0]).toMatchObject({
      actor: 'policy:disable-endpoint',
      subjectId: 'wh_1',
      tenantId: 'acme',
      before: { status: 'active', version: 1 },
      after: { status: 'failed', reason: 'attempts_exhausted', version: 2 },
      details: { cause: { partition: 1, offset: 9 } },
    });
  });

  it('lists a fact that changes no state once, however often it was appended', async () => {
    const fact = { type: 'secret.revealed', tenantId: 'acme', endpointId: 'wh_1', at: NOON } as const;
    await fold([{ fact: tenant }, { fact, factId: 'same' }, { fact, factId: 'same' }]);
    expect(await listed(null)).toEqual(['1 secret.revealed', '0 tenant.created']);
  });

  it('ends with a tenant what belonged to it, so that later facts of those are left out', async () => {
    const life = endpointLife('wh_1');
    const [created, failed] = [life.created(), life.failed({ partition: 0, offset: 0 })];
    const gone: ControlFact = { type: 'tenant.deleted', tenantId: 'acme', version: 2, at: NOON + 1 };
    await fold([{ fact: tenant }, { fact: created }, { fact: gone }, { fact: failed }]);
    expect(await listed(null)).toEqual(['2 tenant.deleted', '1 endpoint.created', '0 tenant.created']);
  });

  it('can be asked for by whom, what, about what and when, page by page', async () => {
    const globex: ControlFact = { ...tenant, tenantId: 'globex', name: 'Globex', at: NOON + 5_000 };
    await fold([
      { fact: tenant, actor: 'key:a' },
      { fact: globex, actor: 'key:b' },
      { fact: endpointLife('wh_1').created(), actor: 'key:b' },
    ]);
    expect(await listed('globex')).toEqual(['1 tenant.created']);
    expect(await listed(null, { actor: 'key:a' })).toEqual(['0 tenant.created']);
    expect(await listed(null, { type: 'endpoint.created' })).toEqual(['2 endpoint.created']);
    expect(await listed(null, { subject: 'wh_1' })).toEqual(['2 endpoint.created']);
    expect(await listed(null, { kind: 'webhook' })).toEqual(['2 endpoint.created']);
    expect(await listed(null, { since: NOON + 5_000 })).toEqual(['1 tenant.created']);
    expect(await listed(null, { until: NOON + 5_000 })).toHaveLength(2);
    const first = await readModel.queries.listAudit(null, { limit: 2 });
    const second = await readModel.queries.listAudit(null, { limit: 2, after: first.next! });
    expect([...first.items, ...second.items].map(({ position }) => position)).toEqual([1, 2, 0]);
    const back = await readModel.queries.listAudit(null, { limit: 2, before: second.previous! });
    expect(back.items).toEqual(first.items);
    await expect(readModel.queries.listAudit(null, { after: 'x' })).rejects.toThrow(/cursor/);
  });
});
