import { lookup, Resolver } from 'node:dns/promises';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Rejects with a DNS error code when the host has no address. `system`: ask the way the system asks. */
export type ResolveHost = (
  host: string,
  options: { readonly system: boolean },
) => Promise<readonly ResolvedAddress[]>;

const resolver = new Resolver({ timeout: 2_000, tries: 3 });

/**
 * Asks the DNS servers directly, A and AAAA side by side. Not by getaddrinfo: that blocks one of libuv's four
 * threads, and four names whose servers never answer would stop every other lookup of the process (P8).
 */
export const resolveHost: ResolveHost = async (host, { system }) => {
  if (system) {
    const found = await lookup(host, { all: true });
    return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
  }
  const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  const addresses: ResolvedAddress[] = [];
  if (four.status === 'fulfilled') for (const address of four.value) addresses.push({ address, family: 4 });
  if (six.status === 'fulfilled') for (const address of six.value) addresses.push({ address, family: 6 });
  if (addresses.length > 0) return addresses;
  throw four.status === 'rejected' ? four.reason : new Error('the host has no address');
};
