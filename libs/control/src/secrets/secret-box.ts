import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

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
      if (!/^[A-Za-z0-9_-]{1,32}$/.test(id))
        throw new SecretBoxError(`key id ${JSON.stringify(id)}: 1 to 32 of A–Z a–z 0–9 _ -`);
      if (key.byteLength !== 32)
        throw new SecretBoxError(`key ${id} has ${key.byteLength} bytes, it needs 32`);
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

  open(sealed: string, owner: string): string {
    const [id = '', text = ''] = sealed.split('.', 2);
    const key = this.#keys.get(id);
    if (key === undefined)
      throw new SecretBoxError(`sealed with key ${id}, which this process was not given`);
    const bytes = Buffer.from(text, 'base64url');
    const tag = bytes.subarray(bytes.byteLength - TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES))
      .setAAD(Buffer.from(owner))
      .setAuthTag(tag);
    try {
      const body = bytes.subarray(IV_BYTES, bytes.byteLength - TAG_BYTES);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new SecretBoxError('a sealed secret does not open: it was altered, or belongs elsewhere', {
        cause,
      });
    }
  }
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
    keys.set(id, Buffer.from(value, 'base64'));
  }
  const current = keys.keys().next();
  return new SecretBox(keys, current.done ? '' : current.value);
}
