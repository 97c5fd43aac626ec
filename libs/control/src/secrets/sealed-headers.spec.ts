import { describe, expect, it } from '@jest/globals';
import { SecretBox, SecretBoxError } from './secret-box.ts';
import { openHeaders, sealHeaders } from './sealed-headers.ts';

const box = new SecretBox(new Map([['k1', Buffer.alloc(32, 1)]]), 'k1');
const owner = { tenantId: 'acme', id: 'wh_1' };
const plain = { authorization: 'Bearer very-secret', 'x-team': 'ops' };

describe('custom headers', () => {
  it('open to what was sealed, and show their names alone', () => {
    const sealed = sealHeaders(box, plain, owner);
    expect(Object.keys(sealed)).toEqual(['authorization', 'x-team']);
    expect(JSON.stringify(sealed)).not.toMatch(/very-secret|ops/);
    expect(openHeaders(box, sealed, owner)).toEqual(plain);
  });

  it('from before values were sealed are read as they stand', () => {
    expect(openHeaders(box, { 'x-team': 'ops' }, owner)).toEqual({ 'x-team': 'ops' });
  });

  it('do not open under another name, endpoint or tenant', () => {
    const { authorization } = sealHeaders(box, plain, owner);
    for (const [name, of] of [
      ['x-other', owner],
      ['authorization', { tenantId: 'acme', id: 'wh_2' }],
      ['authorization', { tenantId: 'globex', id: 'wh_1' }],
    ] as const) {
      expect(() => openHeaders(box, { [name]: authorization! }, of)).toThrow(SecretBoxError);
    }
  });
});
