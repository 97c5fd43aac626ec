import { Rejected, type EndpointSecret, type EndpointState, type TenantState } from '#domain';
import type { ControlWriter } from '../commands/control-writer.ts';
import type { FollowedControl } from '../table/followed-control.ts';
import { endpointOwner, tenantOwner, SecretBoxError, type SecretBox } from './secret-box.ts';
import { openHeaders, sealHeaders } from './sealed-headers.ts';

const ACTOR = 'command:rewrap-secrets';
/** Facts on their way at once: each waits for the log, and for its own coming round. */
const AT_ONCE = 16;

export interface Rewrapping {
  /** Tenants and endpoints that needed it, and are done. */
  readonly rewrapped: number;
  /** All that hold something sealed. */
  readonly total: number;
  /** What does not open with any key that was given, in words; it stays as it is. */
  readonly unopened: readonly string[];
}

/**
 * Seals everything anew that is not sealed with the current key, so that the others can be taken out of the list.
 *
 * 1. What is sealed stays what it was: only secrets and header values of one aggregate change, under its next version, so
 *    that a change made meanwhile wins, and is looked at again.
 * 2. It may end anywhere and be run again, or by two at once: what is sealed with the current key is passed over.
 * 3. Deliveries go on: each process opens what its table says, before the fact and after it.
 */
export async function rewrapSecrets(
  control: FollowedControl,
  writer: ControlWriter,
  box: SecretBox,
  options: {
    readonly now: () => number;
    readonly onProgress?: (done: number, total: number) => void;
    readonly signal?: AbortSignal;
  },
): Promise<Rewrapping> {
  const { table } = control;
  const { now, onProgress, signal } = options;
  const unopened: string[] = [];

  const tenant = async (id: string): Promise<boolean> =>
    untilDecided(async () => {
      const state = table.tenant(id);
      if (state === undefined || !isStaleTenant(box, state)) return false;
      const owner = tenantOwner(id);
      const secret = box.seal(box.open(state.secret, owner), owner);
      await writer.tenant(id, { type: 'rewrap', secret, at: now() }, ACTOR);
      return true;
    });

  const endpoint = async (id: string): Promise<boolean> =>
    untilDecided(async () => {
      const state = table.endpoint(id);
      if (state === undefined || !isStaleEndpoint(box, state, now())) return false;
      const owner = endpointOwner(state.tenantId, id);
      // One whose grace period is over signs no more, and may be of a key that is gone already.
      const secrets = liveAt(now(), state).map((secret) => ({
        ...secret,
        sealed: box.isCurrent(secret.sealed)
          ? secret.sealed
          : box.seal(box.open(secret.sealed, owner), owner),
      }));
      const headers = sealHeaders(box, openHeaders(box, state.headers, state), state);
      await writer.endpoint(id, { type: 'rewrap', secrets, headers, at: now() }, ACTOR);
      return true;
    });

  const work: { readonly name: string; readonly run: () => Promise<boolean> }[] = [];
  for (const { id, secret } of table.tenants()) {
    if (secret !== null) work.push({ name: `tenant ${id}`, run: () => tenant(id) });
    for (const { id: webhook, secrets, headers } of table.endpointsOf(id)) {
      if (secrets.length === 0 && Object.keys(headers).length === 0) continue;
      work.push({ name: `webhook ${webhook}`, run: () => endpoint(webhook) });
    }
  }

  let rewrapped = 0;
  let done = 0;
  const waiting = work.values();
  const worker = async (): Promise<void> => {
    for (const { name, run } of waiting) {
      signal?.throwIfAborted();
      try {
        if (await run()) rewrapped += 1;
      } catch (error) {
        if (!(error instanceof SecretBoxError)) throw error;
        unopened.push(`${name}: ${error.message}`);
      }
      done += 1;
      onProgress?.(done, work.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { rewrapped, total: work.length, unopened };
}

function isStaleTenant(
  box: SecretBox,
  state: TenantState,
): state is TenantState & { readonly secret: string } {
  return state.secret !== null && !box.isCurrent(state.secret);
}

/** A header value in clear, from before values were sealed, is as stale as one of an old key. */
function isStaleEndpoint(box: SecretBox, state: EndpointState, now: number): boolean {
  if (liveAt(now, state).some(({ sealed }) => !box.isCurrent(sealed))) return true;
  return Object.values(state.headers).some(
    (value) => typeof value === 'string' || !box.isCurrent(value.sealed),
  );
}

function liveAt(now: number, { secrets }: EndpointState): readonly EndpointSecret[] {
  return secrets.filter(({ until }) => until === null || until > now);
}

/** A change made meanwhile came first: what it left is looked at again. */
async function untilDecided(work: () => Promise<boolean>): Promise<boolean> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Rejected) || error.code === 'invalid') throw error;
    }
  }
}
