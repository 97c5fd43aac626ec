import { expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { ControlWriter, FollowedControl, newApiKey, passedWithin } from '#control';
import { MemoryLog, MemoryStore, type Log } from '#log';
import { LaggingLog } from '../testing/lagging-log.ts';
import { admit, type AdmissionDeps } from './admission.ts';
import { RecentEnd } from './recent-end.ts';

const NOW = 1_800_000_000_000;

async function follow(log: Pick<Log, 'endOffsets' | 'follow'>): Promise<FollowedControl> {
  const control = new FollowedControl();
  const fail = (what: unknown) => {
    throw new Error(String(what));
  };
  await control.start(log, { onNewer: fail, onUnreadable: fail, onError: fail });
  return control;
}

/** Admin, and an ingestion process that can be made to hear of control facts late. */
async function installation() {
  const store = new MemoryStore();
  const log = new MemoryLog(store);
  await log.ensureTopics(1);
  const admin = await follow(log);
  const writer = new ControlWriter(log, admin, randomUUID);
  const far = new LaggingLog(store);
  const late = await follow(far);
  const { text, hash, prefix } = newApiKey('hh_root_', new Uint8Array(32).fill(1));
  const key = { keyId: 'k', tenantId: null, name: 'k', prefix, hash, expiresAt: null, at: NOW } as const;
  return {
    authorization: `Bearer ${text}`,
    makeKey: () => writer.key('k', { type: 'create', ...key, scopes: ['events:write'] }, 'test'),
    revokeKey: () => writer.key('k', { type: 'revoke', at: NOW }, 'test'),
    passed: (position: number) => passedWithin(late, position, 1_000),
    /** From now on it hears of nothing, until what this gives is called. */
    holdBack: (): (() => void) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      far.lag = promise;
      return resolve;
    },
    deps: (waitMs: number): AdmissionDeps => ({
      control: late,
      log,
      controlEnd: new RecentEnd(
        async () => (await log.endOffsets('control'))[0] ?? 0,
        () => performance.now(),
      ),
      now: () => NOW,
      onPastEnd: () => {},
      waitMs,
    }),
    close: async () => {
      await Promise.all([admin.stop(), late.stop()]);
      await Promise.all([log.close(), far.close()]);
    },
  };
}

const echoing = (authorization: string, position: number) => ({
  authorization,
  'hyperhook-control-position': String(position),
});

it('a key whose revocation is echoed is refused, also where that has not arrived yet', async () => {
  const { authorization, makeKey, revokeKey, passed, holdBack, deps, close } = await installation();
  await passed((await makeKey()).position);
  const arrive = holdBack();
  const { position } = await revokeKey();
  await expect(admit(deps(2_000), { authorization })).resolves.toMatchObject({ scopes: ['events:write'] });
  const asked = admit(deps(2_000), echoing(authorization, position));
  arrive();
  await expect(asked).rejects.toMatchObject({ code: 'unknown_key' });
  await close();
});

it('a key that may be on its way here is not called unknown: its maker is told to come again', async () => {
  const { authorization, makeKey, passed, holdBack, deps, close } = await installation();
  const arrive = holdBack();
  const { position } = await makeKey();
  const asked = (echoed: number, as = authorization) => admit(deps(20), echoing(as, echoed));
  await expect(asked(position)).rejects.toMatchObject({
    code: 'unavailable',
    headers: { 'retry-after': '1' },
  });
  // Nothing will ever come from beyond the end.
  await expect(asked(position + 1)).rejects.toMatchObject({ code: 'unknown_key' });
  arrive();
  await passed(position);
  await expect(asked(position)).resolves.toMatchObject({ scopes: ['events:write'] });
  await expect(asked(position, `${authorization}x`)).rejects.toMatchObject({ code: 'unknown_key' });
  await close();
});
