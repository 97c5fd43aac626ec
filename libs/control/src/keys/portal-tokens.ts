import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SecretBox } from '../secrets/secret-box.ts';

/** How every portal token begins: told from an API key before anything is looked up. */
export const PORTAL_PREFIX = 'hh_portal_';

/** What a token says. What it may do follows from the key that issued it, as that key is when the token is used. */
export interface PortalGrant {
  readonly tenantId: string;
  /** When the tenant was created: another tenant under the same id is somebody else. */
  readonly tenantSince: number;
  /** The key that issued it. */
  readonly keyId: string;
  /** Epoch ms. */
  readonly expiresAt: number;
  readonly revealsSecrets: boolean;
}

const PURPOSE = 'hyperhook portal token';
const VERSION = 1;
const SHAPE = /^hh_portal_([A-Za-z0-9_-]{1,32})\.([A-Za-z0-9_-]{1,400})\.([A-Za-z0-9_-]{43})$/;

/**
 * Short-lived credentials of one tenant, which nothing has to store (decision 0027):
 * `hh_portal_<id of the secret key>.<what it says>.<HMAC-SHA256 of all before the last dot>`.
 * Any process that was given the installation's secret keys can make and check them.
 */
export class PortalTokens {
  readonly #keys: ReadonlyMap<string, Uint8Array>;

  constructor(secretBox: Pick<SecretBox, 'derivedFor'>) {
    this.#keys = secretBox.derivedFor(PURPOSE);
  }

  issue(grant: PortalGrant): string {
    const { tenantId, tenantSince, keyId, expiresAt, revealsSecrets } = grant;
    const said = JSON.stringify([VERSION, tenantId, tenantSince, keyId, expiresAt, revealsSecrets]);
    const [current] = this.#keys;
    if (current === undefined) throw new Error('a secret box has at least one key');
    const [id, key] = current;
    const text = `${PORTAL_PREFIX}${id}.${Buffer.from(said).toString('base64url')}`;
    return `${text}.${mac(key, text)}`;
  }

  /** Undefined: not one of ours, altered, or made under a secret key that is no longer given. Expiry is the caller's. */
  read(token: string): PortalGrant | undefined {
    const [, id = '', said = '', given = ''] = SHAPE.exec(token) ?? [];
    const key = this.#keys.get(id);
    if (key === undefined) return undefined;
    const wanted = mac(key, token.slice(0, -given.length - 1));
    if (!timingSafeEqual(Buffer.from(given), Buffer.from(wanted))) return undefined;
    return grantOf(JSON.parse(Buffer.from(said, 'base64url').toString()) as unknown);
  }
}

function mac(key: Uint8Array, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}

/** Only this engine writes them, but a newer release may say more than this one understands. */
function grantOf(said: unknown): PortalGrant | undefined {
  if (!Array.isArray(said) || said.length !== 6 || said[0] !== VERSION) return undefined;
  const [, tenantId, tenantSince, keyId, expiresAt, revealsSecrets] = said as [
    number,
    string,
    number,
    string,
    number,
    boolean,
  ];
  return { tenantId, tenantSince, keyId, expiresAt, revealsSecrets };
}
