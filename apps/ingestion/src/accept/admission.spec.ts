import { expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { ControlWriter, FollowedControl, newApiKey } from '#control';
import { MemoryLog, MemoryStore, type Log } from '#log';
import { eventually } from '#testkit';
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

/** Of a process with its own table. */
const depsOf = (control: FollowedControl, log: Log): AdmissionDeps => ({
  control,
  log,
  controlEnd: new RecentEnd(
    async () => (await log.endOffsets('control'))[0] ?? 0,
    () => performance.now(),
  ),
  now: () => NOW,
  onPastEnd: () => {},
  waitMs: 20,
});

it('a key whose revocation is echoed is refused, also where that has not arrived yet', async () => {
  const store = new MemoryStore();
  const log = new MemoryLog(store);
  await log.ensureTopics(1);
  const admin = await follow(log);
  const writer = new ControlWriter(log, admin, randomUUID);
  const { text, hash, prefix } = newApiKey('hh_root_', new Uint8Array(32).fill(1));
  const key = { keyId: 'k', tenantId: null, name: 'k', prefix, hash, expiresAt: null, at: NOW } as const;
  await writer.key('k', { type: 'create', ...key, scopes: ['events:write'] }, 'test');

  // A process that hears of control facts late.
  const far = new LaggingLog(store);
  const late = await follow(far);
  let arrive = (): void => {};
  far.lag = new Promise((resolve) => (arrive = resolve));
  const { position } = await writer.key('k', { type: 'revoke', at: NOW }, 'test');
  const deps = { ...depsOf(late, log), waitMs: 2_000 };
  const authorization = `Bearer ${text}`;
  await expect(admit(deps, { authorization })).resolves.toMatchObject({ scopes: ['events:write'] });
  const echoing = admit(deps, { authorization, 'hyperhook-control-position': String(position) });
  arrive();
  await expect(echoing).rejects.toMatchObject({ code: 'unknown_key' });
  await Promise.all([admin.stop(), late.stop()]);
  await Promise.all([log.close(), far.close()]);
});

it('a key that may be on its way here is not called unknown: its maker is told to come again', async () => {
  const store = new MemoryStore();
  const log = new MemoryLog(store);
  await log.ensureTopics(1);
  const admin = await follow(log);
  const writer = new ControlWriter(log, admin, randomUUID);
  const { text, hash, prefix } = newApiKey('hh_root_', new Uint8Array(32).fill(1));
  const far = new LaggingLog(store);
  const late = await follow(far);
  let arrive = (): void => {};
  far.lag = new Promise((resolve) => (arrive = resolve));
  const key = { keyId: 'k', tenantId: null, name: 'k', prefix, hash, expiresAt: null, at: NOW } as const;
  const { position } = await writer.key('k', { type: 'create', ...key, scopes: ['events:write'] }, 'test');

  const deps = depsOf(late, log);
  const asked = (echoed: number, authorization = `Bearer ${text}`) =>
    admit(deps, { authorization, 'hyperhook-control-position': String(echoed) });
  await expect(asked(position)).rejects.toMatchObject({
    code: 'unavailable',
    headers: { 'retry-after': '1' },
  });
  // Nothing will ever come from beyond the end.
  await expect(asked(position + 1)).rejects.toMatchObject({ code: 'unknown_key' });
  arrive();
  await eventually(async () => expect(await asked(position)).toMatchObject({ scopes: ['events:write'] }));
  await expect(asked(position, `Bearer ${text}x`)).rejects.toMatchObject({ code: 'unknown_key' });
  await Promise.all([admin.stop(), late.stop()]);
  await Promise.all([log.close(), far.close()]);
});
