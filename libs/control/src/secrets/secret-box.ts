import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const DERIVED_BYTES = 32;
/** Of the shortest sealed text, its key id aside. */
const SEALED_CHARACTERS = Math.ceil(((IV_BYTES + TAG_BYTES) * 4) / 3);
const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;

export class SecretBoxError extends Error {
  override readonly name = 'SecretBoxError';
}

/**
 * Seals signing secrets with AES-256-GCM: `<key id>.<base64url(iv ‖ ciphertext ‖ tag)>`. What it belongs to (tenant,
 * endpoint) is bound in, so that a sealed text copied to another row does not open. Plain text lives only in memory.
 */
export class SecretBox {
  readonly #current: string;
  readonly #keys: ReadonlyMap<string, Buffer>;

  /** `keys`: id → 32 bytes; `current` seals, all open (rotation keeps the old ones until everything is re-wrapped). */
  constructor(keys: ReadonlyMap<string, Buffer>, current: string) {
    for (const [id, key] of keys) {
      if (!KEY_ID.test(id))
        // Not printed: where the id was forgotten, the key itself stands in its place.
        throw new SecretBoxError('a key id must be 1 to 32 of A–Z a–z 0–9 _ -; keys are written id:base64');
      if (key.byteLength !== 32)
        throw new SecretBoxError(
          `key ${id} has ${key.byteLength} bytes, it needs 32; make one with: openssl rand -base64 32`,
        );
    }
    if (!keys.has(current)) throw new SecretBoxError(`the current key ${current} is not among the keys`);
    this.#keys = keys;
    this.#current = current;
  }

  seal(plain: string, owner: string): string {
    const key = this.#keys.get(this.#current);
    if (key === undefined) throw new SecretBoxError('no current key');
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(owner));
    const sealed = Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${this.#current}.${sealed.toString('base64url')}`;
  }

  /** Sealed with the current key: no other key is needed for it. */
  isCurrent(sealed: string): boolean {
    return sealed.startsWith(`${this.#current}.`);
  }

  /** Keys for another purpose (HKDF), by id, the current one first. The secret keys themselves never leave the box. */
  derivedFor(purpose: string): ReadonlyMap<string, Uint8Array> {
    const ids = [this.#current, ...[...this.#keys.keys()].filter((id) => id !== this.#current)];
    const derive = (id: string) =>
      new Uint8Array(hkdfSync('sha256', this.#keys.get(id) ?? '', '', purpose, DERIVED_BYTES));
    return new Map(ids.map((id) => [id, derive(id)]));
  }

  open(sealed: string, owner: string): string {
    const [id = '', text = ''] = sealed.split('.');
    const key = this.#keys.get(id);
    if (key === undefined) throw new SecretBoxError(unknownKey(id, text));
    const bytes = Buffer.from(text, 'base64url');
    // Decoding is lenient about what is not base64url; only the one spelling that seal() gives is opened.
    if (`${id}.${bytes.toString('base64url')}` !== sealed || bytes.byteLength < IV_BYTES + TAG_BYTES) {
      throw new SecretBoxError('a sealed secret does not open: it is cut short, or was altered');
    }
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(Buffer.from(owner))
        .setAuthTag(bytes.subarray(bytes.byteLength - TAG_BYTES));
      const body = bytes.subarray(IV_BYTES, bytes.byteLength - TAG_BYTES);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new SecretBoxError('a sealed secret does not open: it was altered, or belongs elsewhere', {
        cause,
      });
    }
  }
}

/** Names the key id only of what has the shape of a sealed text: a plain secret, put here by mistake, stays unsaid. */
function unknownKey(id: string, text: string): string {
  if (!KEY_ID.test(id) || text.length < SEALED_CHARACTERS) return 'this is not a sealed secret';
  return `sealed with key ${id}, which this process was not given; keep old keys in its list`;
}

/** What an endpoint's secrets are bound to. */
export const endpointOwner = (tenantId: string, endpointId: string): string =>
  `endpoint|${tenantId}|${endpointId}`;
/** What a tenant's secret is bound to. */
export const tenantOwner = (tenantId: string): string => `tenant|${tenantId}`;

/** `id:base64(32 bytes)`, comma separated, the current one first: how keys stand in configuration. */
export function parseSecretKeys(text: string): SecretBox {
  const keys = new Map<string, Buffer>();
  for (const entry of text.split(',')) {
    const [id = '', value = ''] = entry.trim().split(':', 2);
    if (keys.has(id)) throw new SecretBoxError(`key id ${id} stands twice; give every key an id of its own`);
    const key = Buffer.from(value, 'base64');
    // Decoding skips what it does not know: a key mistyped must not silently become another one.
    if (key.toString('base64').replace(/=+$/, '') !== value.replace(/=+$/, '')) {
      throw new SecretBoxError('a key is not base64; keys are written id:base64');
    }
    keys.set(id, key);
  }
  const current = keys.keys().next();
  return new SecretBox(keys, current.done ? '' : current.value);
}
