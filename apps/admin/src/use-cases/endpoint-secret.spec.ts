import { loadContracts, shippedContractsDirectory, type Contract } from '#contracts';
import { describe, expect, it } from '@jest/globals';
import { endpointSecret } from './endpoint-secret.ts';

const shipped = loadContracts([shippedContractsDirectory()]);
const context = { random: (bytes: number) => new Uint8Array(bytes).fill(7) };
const contract = (id: string, secret: Partial<Contract['secret']> = {}): Contract => {
  const found = shipped.get(id)!;
  return { ...found, secret: { ...found.secret, ...secret } };
};
const refusedWith = (code: string) =>
  expect.objectContaining({ errors: [{ pointer: '/secret', code, detail: expect.any(String) }] });

describe('the secret of an endpoint', () => {
  it('is made from 32 random bytes, as everybody may derive it from the prefix on', () => {
    const made = endpointSecret(context, contract('hyprwatch'), undefined);
    expect(made).toBe(`whsec_${Buffer.alloc(32, 7).toString('base64')}`);
  });

  it('must be supplied where the contract makes none', () => {
    const supplied = contract('hyprwatch', { generated: false });
    expect(() => endpointSecret(context, supplied, undefined)).toThrow(refusedWith('required'));
    expect(endpointSecret(context, supplied, 'known-to-receivers')).toBe('known-to-receivers');
  });

  it('is declined by null only where the contract lets customers', () => {
    expect(endpointSecret(context, contract('hyperleap'), null)).toBeNull();
    expect(() => endpointSecret(context, contract('hypertune'), null)).toThrow(refusedWith('required'));
  });

  it("of a contract that signs with the tenant's is none of the endpoint's", () => {
    const hyperspell = contract('hyperspell');
    expect(endpointSecret(context, hyperspell, undefined)).toBeNull();
    for (const given of [null, 'some-secret-text']) {
      expect(() => endpointSecret(context, hyperspell, given)).toThrow(refusedWith('belongs_to_tenant'));
    }
  });

  it('is never quoted when it is refused', () => {
    const secret = ' secret-with-a-space';
    expect(() => endpointSecret(context, contract('hyprwatch'), secret)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret-with-a-space') }),
    );
  });
});
