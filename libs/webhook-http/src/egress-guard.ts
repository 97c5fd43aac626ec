import { isIP, type BlockList, type LookupFunction } from 'node:net';
import { BlockedAddress } from './blocked-address.ts';
import { blockListOf, isPublicAddress } from './denied-addresses.ts';
import { resolveHost, type ResolvedAddress, type ResolveHost } from './resolve-host.ts';
import { UnresolvedHost } from './unresolved-host.ts';
import { checkUrl, type UrlCheck, type UrlRules } from './url-check.ts';

export interface EgressOptions {
  /** Networks deliveries may reach although they are not public: private installations, tests. */
  readonly allow?: readonly string[];
  /**
   * What deliveries must not reach although it is public, the installation's own: networks, and host names, or with a
   * leading dot a suffix. Names are refused at save; behind them addresses are, where they are listed too.
   */
  readonly deny?: readonly string[];
  /** Ports a URL may name; default 443 and 8443, with http also 80 and 8080. */
  readonly ports?: readonly number[] | 'any';
  /**
   * Host names that only a private resolver knows and that are accepted all the same: `receiver`, or with a leading
   * dot a suffix, `.internal.example`. Their addresses must still be public or in `allow`. They are resolved the
   * system's way (hosts file, search domains), any port is accepted.
   */
  readonly privateHosts?: readonly string[];
  /** For tests; default: the DNS servers of the system. */
  readonly resolve?: ResolveHost;
}

/** Decides where deliveries may go: at save by the URL, at every connect by the address. */
export interface EgressGuard {
  /** `https`: the contract's rule. `allowHttp`: the installation's. A host that does not resolve is accepted. */
  checkUrl(text: string, rules: { readonly https: UrlRules['https']; readonly allowHttp: boolean }): UrlCheck;
  allowsAddress(address: string): boolean;
  /** For `net.connect`: resolves once and gives only vetted addresses; one denied among them refuses all. */
  readonly lookup: LookupFunction;
}

export function createEgressGuard(options: EgressOptions): EgressGuard {
  const allow = blockListOf(options.allow ?? []);
  const isNetwork = (entry: string) => isIP(entry.split('/', 1)[0] ?? '') !== 0;
  const deny = blockListOf((options.deny ?? []).filter(isNetwork));
  const isDeniedHost = hostsLike((options.deny ?? []).filter((entry) => !isNetwork(entry)));
  const isPrivateHost = hostsLike(options.privateHosts ?? []);
  const resolve = options.resolve ?? resolveHost;

  const allowsAddress = (address: string): boolean =>
    isIP(address) !== 0 &&
    (contains(allow, address) || (isPublicAddress(address) && !contains(deny, address)));

  const vetted = async (host: string): Promise<readonly ResolvedAddress[]> => {
    // A refused connection to a DNS server must not read as one to the endpoint, so the cause is wrapped.
    const addresses = await resolve(host, { system: isPrivateHost(host) }).catch((error: unknown) => {
      throw new UnresolvedHost(error);
    });
    if (!addresses.every(({ address }) => allowsAddress(address))) throw new BlockedAddress();
    return addresses;
  };

  return {
    checkUrl: (text, rules) =>
      checkUrl(text, {
        ...rules,
        ports: options.ports ?? 'default',
        isPrivateHost,
        isDeniedHost,
        allowsAddress,
        isExempt: (address) => contains(allow, address),
      }),
    allowsAddress,
    lookup: (host, lookupOptions, callback) => {
      const family =
        lookupOptions.family === 4 || lookupOptions.family === 6 ? lookupOptions.family : undefined;
      vetted(host)
        .then((addresses) => {
          const usable =
            family === undefined ? addresses : addresses.filter((each) => each.family === family);
          const [first] = usable;
          if (first === undefined) throw new UnresolvedHost();
          if (lookupOptions.all === true) callback(null, [...usable]);
          else callback(null, first.address, first.family);
        })
        .catch((error: NodeJS.ErrnoException) => callback(error, [], 0));
    },
  };
}

/** Of a list of names, and of suffixes that begin with a dot. Throws with the entry that is neither. */
function hostsLike(entries: readonly string[]): (host: string) => boolean {
  const known = entries.map((entry) => entry.toLowerCase());
  for (const entry of known) {
    if (/^\.?[a-z\d_-]+(\.[a-z\d_-]+)*$/.test(entry)) continue;
    throw new Error(
      `"${entry}" is neither a host name nor a network; write it like example.com or 10.0.0.0/8`,
    );
  }
  return (host) => known.some((each) => (each.startsWith('.') ? host.endsWith(each) : host === each));
}

function contains(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
