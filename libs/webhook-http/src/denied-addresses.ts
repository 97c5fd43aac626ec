import { BlockList, isIP } from 'node:net';

/**
 * What is not globally reachable unicast: the union of the IANA special-purpose registries and of the lists of
 * Smokescreen and Svix, each of which has gaps the other closes.
 */
const deniedV4 = [
  '0.0.0.0/8', // this network; many stacks route it to the host itself
  '10.0.0.0/8',
  '100.64.0.0/10', // carrier-grade NAT; holds Alibaba's metadata address 100.100.100.200
  '127.0.0.0/8',
  '169.254.0.0/16', // link-local; holds the metadata address of most clouds
  '168.63.129.16/32', // Azure's platform address, public by its number only
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24', // documentation
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16',
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, broadcast
];

/**
 * Global unicast is 2000::/3; everything else (loopback, v4-mapped, v4-compatible, NAT64, discard, SRv6, unique
 * local, link-local, site-local, multicast) is denied by not being in it. Within it, these embed or stand for others.
 */
const globalV6 = '2000::/3';
const deniedV6 = [
  '2001::/23', // Teredo, ORCHID, benchmarks, other protocol assignments
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4 carries a v4 address
  '3fff::/20', // documentation
];

const denied = blockListOf([...deniedV4, ...deniedV6]);
const unicastV6 = blockListOf([globalV6]);

/** `address` is an IP literal without brackets; anything else is not public. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !denied.check(address, 'ipv4');
  return version === 6 && unicastV6.check(address, 'ipv6') && !denied.check(address, 'ipv6');
}

/** Each is `address/prefix` or one address; throws with the entry that is neither. */
export function blockListOf(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = '', prefix, ...rest] = cidr.split('/');
    const version = isIP(address);
    const family = version === 6 ? 'ipv6' : 'ipv4';
    const bits = prefix === undefined ? (version === 6 ? 128 : 32) : Number(prefix);
    const valid = prefix === undefined || /^\d{1,3}$/.test(prefix);
    if (version === 0 || rest.length > 0 || !valid || bits > (version === 6 ? 128 : 32)) {
      throw new Error(`"${cidr}" is not an address or a network; write it like 10.0.0.0/8 or fd00::/8`);
    }
    list.addSubnet(address, bits, family);
  }
  return list;
}
