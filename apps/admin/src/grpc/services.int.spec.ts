import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GrpcScene } from '../../fixtures/grpc-scene.ts';
import { historyCalls } from '../../fixtures/history-calls.ts';
import { operatorCalls, lastOperatorCalls } from '../../fixtures/operator-calls.ts';
import { operationsCalls } from '../../fixtures/operations-calls.ts';
import { replayCalls } from '../../fixtures/replay-calls.ts';
import { lastWebhookCalls, webhookCalls } from '../../fixtures/webhook-calls.ts';

/** In an order in which each finds what it is about: what is deleted is deleted last. */
const table = [
  ...operatorCalls,
  ...replayCalls,
  ...webhookCalls,
  ...historyCalls,
  ...operationsCalls,
  ...lastWebhookCalls,
  ...lastOperatorCalls,
];

describe('administration over gRPC', () => {
  let scene: GrpcScene;

  beforeAll(async () => {
    scene = await GrpcScene.start();
  });

  afterAll(() => scene.close());

  describe('every call of administration', () => {
    it('stands in this table', () => {
      const ours = scene.client.methods.filter((name) => !name.startsWith('IngestService/'));
      expect(table.map((row) => row.call).sort()).toEqual([...ours].sort());
    });

    describe.each(table.map((row) => [row.call, row] as const))('%s', (name, row) => {
      const { by, ok, answer, bad, foreign, foreignRequest = ok } = row;
      const key = () => scene.keyOf(by ?? 'one');
      const needsScope = row.anyKey !== true;

      it('asks who is there', async () => {
        for (const [given, code] of [
          [null, 'missing_key'],
          ['nobody', 'unknown_key'],
        ] as const) {
          const refused = await scene.call(name, ok(scene), { key: given });
          expect(refused).toMatchObject({ code: status.UNAUTHENTICATED, problem: { code } });
        }
        const weak = await scene.call(name, ok(scene), { key: scene.mayOnlyPublish });
        expect(weak.code).toBe(needsScope ? status.PERMISSION_DENIED : status.OK);
        if (needsScope) expect(weak.problem).toMatchObject({ code: 'missing_scope', status: 403 });
      });

      it('finds nothing of another tenant', async () => {
        if (foreign === null) return;
        const found = await scene.call(name, foreignRequest(scene), scene.foreignTo(by ?? 'one'));
        if (typeof foreign === 'function') foreign(found, scene);
        else if (foreign === 'forbidden') {
          expect(found).toMatchObject({ code: status.PERMISSION_DENIED, problem: { code: 'forbidden' } });
        } else if (typeof foreign === 'object') {
          expect(found).toMatchObject({ code: 0 });
          expect(found.message[foreign.empty]).toBeUndefined();
        } else expect(found).toMatchObject({ code: status.NOT_FOUND, problem: { code: 'not_found' } });
      });

      it('says where a bad request is wrong', async () => {
        if (bad === null) return;
        const [request, pointer] = bad;
        const refused = await scene.call(name, request(scene), { key: key() });
        expect(refused).toMatchObject({
          code: status.INVALID_ARGUMENT,
          problem: { code: 'validation_failed', status: 422, errors: [{ pointer }] },
        });
        expect(refused.details).toContain('validation_failed: ');
      });

      it('does it', async () => {
        if (name === 'WebhookService/TestWebhook') {
          // Nobody delivers here: what waits is let go, as at a stop.
          setTimeout(() => void scene.world.admin.stop(), 300);
        }
        const before = scene.world.control.position;
        const done = await scene.call(name, ok(scene), { key: key() });
        expect(done).toMatchObject({ code: 0 });
        expect(done.message).toEqual(expect.objectContaining(answer));
        const writes = row.tellsNoPosition !== true && !/\/(Get|List|Plan)/.test(name);
        expect(done.headers.get('hyperhook-control-position').length).toBe(writes ? 1 : 0);
        if (!writes) return;
        const [position] = done.headers.get('hyperhook-control-position');
        // Jobs write their progress meanwhile.
        expect(Number(position)).toBeGreaterThan(before);
        expect(Number(position)).toBeLessThanOrEqual(scene.world.control.position);
      });
    });
  });
});
