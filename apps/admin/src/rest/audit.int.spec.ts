import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditRow } from '#read-model';
import { AdminWorld } from '../../fixtures/admin-world.ts';

let world: AdminWorld;
let tenant: { readonly id: string; readonly key: string };

const at = Date.UTC(2026, 10, 20, 12);
const row = (over: Partial<AuditRow>): AuditRow => ({
  position: 7,
  factId: 'fact-7',
  at,
  actor: 'key:key_1',
  type: 'endpoint.updated',
  subjectKind: 'webhook',
  subjectId: 'wh_1',
  tenantId: tenant.id,
  before: { url: 'https://a.example', createdAt: at, headers: { 'x-teamName': '…' } },
  after: { url: 'https://b.example', createdAt: at, headers: {} },
  details: {},
  ...over,
});
const idsIn = ({ body }: { readonly body: Readonly<Record<string, unknown>> }) =>
  (body['data'] as { id: string }[]).map(({ id }) => id);

beforeAll(async () => {
  world = await AdminWorld.start();
  tenant = await world.tenant('hyprwatch');
  world.history.audit.push(
    row({}),
    row({ factId: 'key', type: 'key.created', subjectKind: 'key', subjectId: 'key_2' }),
    row({ factId: 'other', tenantId: 'other', subjectId: 'wh_9', at: at + 1_000 }),
    row({
      factId: 'installation',
      type: 'installation.created',
      subjectKind: 'installation',
      tenantId: null,
    }),
  );
});
afterAll(() => world.close());

describe('the audit', () => {
  it('shows who did what to what, with names as everywhere and times as text', async () => {
    const answer = await world.send('GET', '/audit?subject=wh_1&type=endpoint.updated');
    expect(answer.body).toEqual({
      data: [
        {
          id: 'fact-7',
          at: '2026-11-20T12:00:00.000Z',
          actor: 'key:key_1',
          type: 'endpoint.updated',
          subject: { kind: 'webhook', id: 'wh_1' },
          tenant: tenant.id,
          before: {
            url: 'https://a.example',
            created_at: '2026-11-20T12:00:00.000Z',
            headers: { 'x-teamName': '…' },
          },
          after: { url: 'https://b.example', created_at: '2026-11-20T12:00:00.000Z', headers: {} },
          details: {},
          control_position: 7,
        },
      ],
      next: null,
      previous: null,
    });
  });

  it('is whole for the operator, and can be asked for by tenant, actor, and time', async () => {
    expect(idsIn(await world.send('GET', '/audit'))).toHaveLength(4);
    expect(idsIn(await world.send('GET', `/audit?tenant=${tenant.id}`))).toEqual(['fact-7', 'key']);
    expect(idsIn(await world.send('GET', '/audit?actor=key:nobody'))).toEqual([]);
    expect(idsIn(await world.send('GET', '/audit?since=2026-11-20T12:00:01Z'))).toEqual(['other']);
    expect(idsIn(await world.send('GET', '/audit?until=2026-11-20T12:00:00Z'))).toEqual([]);
  });

  it("shows a tenant's key what happened to its webhooks, and nothing else", async () => {
    expect(idsIn(await world.send('GET', '/audit', { key: tenant.key }))).toEqual(['fact-7']);
    const foreign = await world.send('GET', '/audit?tenant=other', { key: tenant.key });
    expect(foreign.status).toBe(404);
    const { body } = await world.send('POST', '/keys', {
      body: { name: 'k', tenant: tenant.id, scopes: ['events:write'] },
    });
    const refused = await world.send('GET', '/audit', { key: String(body['key']) });
    expect(refused).toMatchObject({ status: 403, body: { code: 'missing_scope' } });
  });

  it.each(['since=yesterday', 'limit=101', 'actor=', 'colour=red'])('refuses ?%s', async (query) => {
    expect((await world.send('GET', `/audit?${query}`)).status).toBe(422);
  });

  it('answers 503 while PostgreSQL is away', async () => {
    world.history.down = true;
    expect((await world.send('GET', '/audit')).status).toBe(503);
    world.history.down = false;
  });
});
