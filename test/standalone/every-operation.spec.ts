import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdminModule } from '../../apps/admin/src/admin.module.ts';
import { describedControllers } from '../../apps/admin/src/openapi/admin-document.ts';
import { handlersOf } from '../../apps/admin/src/openapi/route-form.ts';
import { scopes, type Scope } from '../../libs/domain/src/index.ts';
import {
  operationsOf,
  readDocument,
  type IndexedOperation,
} from '../support/rest-document/document-index.ts';
import { DocumentJudge, type SeenAnswer } from '../support/rest-document/document-judge.ts';
import { RestScene } from '../support/rest-document/rest-scene.ts';

const document = readDocument();
const operations = operationsOf(document);
const guarded = operations.filter(({ scope }) => scope !== undefined);

/** Examples of the document that only a caller of flesh and blood can send as they are. */
const bodies: Readonly<Record<string, (scene: RestScene) => object>> = {
  createWebhook: (scene) => ({ url: scene.receiver, events: ['host.online'], tenant: scene.own.id }),
  startReplay: (scene) => ({
    what: 'failed',
    filter: { since: '2026-11-21T00:00:00Z' },
    dry_run: true,
    tenant: scene.own.id,
  }),
  publishEvents: (scene) => ({
    type: 'host.online',
    data: { host_id: 'h_1', hostname: 'web-1', platform: 'linux' },
    tenant: scene.own.id,
  }),
};

/** No caller can make what these are about: they say that it is not there. */
const ofNothing: Readonly<Record<string, number>> = { redriveRecord: 404 };

/**
 * Whoever adds an operation finds it here: its example is sent as the document shows it, and what every operation must
 * refuse, it must refuse.
 */
describe('every operation of the document', () => {
  const judge = new DocumentJudge(document);
  let scene: RestScene;
  const keys = new Map<string, string>();

  beforeAll(async () => {
    scene = await RestScene.open('every-operation');
    for (const scope of new Set(guarded.map((each) => each.scope))) {
      if (scope === null || scope === undefined) continue;
      const others = scopes.filter((each) => each !== scope && each !== 'admin');
      const made = { name: `all but ${scope}`, tenant: scene.own.id, scopes: others satisfies Scope[] };
      keys.set(scope, (await scene.engine.must<{ key: string }>('POST', '/keys', made)).key);
    }
  }, 180_000);

  afterAll(() => scene?.close(), 180_000);

  const send = async (
    operation: IndexedOperation,
    {
      key,
      query = '',
      body,
      values,
    }: {
      readonly key?: string | undefined;
      readonly query?: string;
      readonly body?: unknown;
      readonly values?: Readonly<Record<string, string>>;
    } = {},
  ): Promise<SeenAnswer> => {
    const given = values ?? (await scene.pathValues(operation));
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(given[name] ?? ''),
    );
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await scene.call({ method: operation.method, path: path + query, key, body: text });
    expect({ path, complaints: judge.complaints(operation, answer) }).toEqual({ path, complaints: [] });
    return answer;
  };
  const exampleOf = (operation: IndexedOperation): unknown =>
    bodies[operation.id]?.(scene) ?? operation.example;
  const problemOf = ({ status, text }: SeenAnswer) => ({
    status,
    code: (JSON.parse(text) as { code: string }).code,
  });

  it('belongs to a controller that is described, and every controller is', () => {
    const { controllers = [] } = AdminModule.register({ context: {} } as never);
    const known = describedControllers.map(({ controller }) => controller.name);
    // Those of gRPC have no routes.
    const routed = controllers.filter((each) => handlersOf(each).length > 0);
    const forgotten = routed.map(({ name }) => name).filter((name) => !known.includes(name));
    expect({ tellOfThemIn: 'apps/admin/src/openapi/routes', forgotten }).toEqual({
      tellOfThemIn: 'apps/admin/src/openapi/routes',
      forgotten: [],
    });
  });

  it('has a name of its own, and an example where it takes a body', () => {
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
    const without = operations.filter(
      ({ bodySchema, example }) => bodySchema !== undefined && example === undefined,
    );
    expect(without.map(({ id }) => id)).toEqual([]);
    for (const { id, bodySchema, example } of operations) {
      if (bodySchema !== undefined) expect([id, judge.fits(bodySchema, example)]).toEqual([id, true]);
    }
  });

  it.each(operations.map((each) => [each.id, each] as const))(
    '%s does what its example asks',
    async (_, operation) => {
      const answer = await send(operation, { body: exampleOf(operation) });
      expect([answer.status, answer.text]).toEqual([expect.any(Number), expect.any(String)]);
      if (operation.id in ofNothing) expect(answer.status).toBe(ofNothing[operation.id]);
      else expect(answer.status).toBeLessThan(300);
    },
  );

  it.each(guarded.map((each) => [each.id, each] as const))(
    '%s refuses a key without its scope',
    async (_, operation) => {
      const body = exampleOf(operation);
      expect(problemOf(await send(operation, { key: '', body }))).toEqual({
        status: 401,
        code: 'missing_key',
      });
      expect(problemOf(await send(operation, { key: 'hh_wrong', body }))).toEqual({
        status: 401,
        code: 'unknown_key',
      });
      if (operation.scope === null || operation.scope === undefined) return;
      const lacking = problemOf(await send(operation, { key: keys.get(operation.scope), body }));
      expect(lacking).toEqual({ status: 403, code: 'missing_scope' });
    },
  );

  it.each(guarded.map((each) => [each.id, each] as const))(
    '%s knows nothing of another tenant',
    async (_, operation) => {
      const { key } = scene.foreign;
      const body = exampleOf(operation);
      const isOperators = operation.scope === 'admin';
      if (operation.id !== 'publishEvents') {
        const named = problemOf(await send(operation, { key, query: `?tenant=${scene.own.id}`, body }));
        expect(named).toEqual({ status: 404, code: 'not_found' });
      }
      if (operation.path.includes('{')) {
        const foreign = problemOf(await send(operation, { key, body }));
        expect(foreign).toEqual(
          isOperators ? { status: 403, code: 'missing_scope' } : { status: 404, code: 'not_found' },
        );
        return;
      }
      const answer = await send(operation, { key, body });
      if (answer.status < 300) expect(answer.text).not.toContain(`"tenant":"${scene.own.id}"`);
      else expect([403, 404]).toContain(answer.status);
    },
  );

  it.each(guarded.map((each) => [each.id, each] as const))(
    '%s refuses what it does not know',
    async (_, operation) => {
      const values = await scene.pathValues(operation);
      if (operation.id !== 'publishEvents') {
        const query = await send(operation, { query: '?nonsense=1', body: exampleOf(operation), values });
        expect(problemOf(query)).toEqual({ status: 422, code: 'validation_failed' });
        expect(query.text).toContain('"pointer":"/nonsense"');
      }
      if (operation.bodySchema === undefined) return;
      const field = await send(operation, {
        body: { ...(exampleOf(operation) as object), nonsense: 1 },
        values,
      });
      expect(problemOf(field)).toEqual({ status: 422, code: 'validation_failed' });
      expect(field.text).toContain('"pointer":"/nonsense"');
      const broken = problemOf(await send(operation, { body: '{"a":', values }));
      expect(broken).toEqual({ status: 400, code: 'invalid_json' });
    },
  );
});
