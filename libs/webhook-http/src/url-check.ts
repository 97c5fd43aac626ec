import { isIP } from 'node:net';

export const urlProblems = [
  'too_long',
  'characters',
  'not_a_url',
  'scheme',
  'userinfo',
  'fragment',
  'host',
  'address',
  'port',
] as const;
export type UrlProblem = (typeof urlProblems)[number];

/** `url` is canonical: what is stored, shown back and connected to. `detail` says what is wrong and how to fix it. */
export type UrlCheck =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly code: UrlProblem; readonly detail: string };

export interface UrlRules {
  /** `always`: http is refused, whatever the installation allows. */
  readonly https: 'always' | 'production';
  readonly allowHttp: boolean;
  readonly ports: readonly number[] | 'any' | 'default';
  readonly isPrivateHost: (host: string) => boolean;
  /** A name of the installation itself. */
  readonly isDeniedHost: (host: string) => boolean;
  readonly allowsAddress: (address: string) => boolean;
  /** The address is in the installation's allow-list, so that any port of it is meant. */
  readonly isExempt: (address: string) => boolean;
}

const MAX_LENGTH = 2_048;
const httpsPorts = [443, 8443];
const httpPorts = [80, 8080];
/** Names that only a private network resolves, or that clouds answer with their own metadata. */
const privateSuffixes = ['.localhost', '.local', '.internal', '.localdomain', '.home.arpa', '.onion'];

/**
 * The WHATWG parser repairs what it can (tabs, backslashes, missing slashes, octal addresses, full-width digits), so
 * the raw text is checked for what would be repaired silently and the parsed URL for where it really leads.
 */
export function checkUrl(text: string, rules: UrlRules): UrlCheck {
  if (text.length > MAX_LENGTH) return no('too_long', `The URL is longer than ${MAX_LENGTH} characters.`);
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u0020\u007f-\u00a0\u2028\u2029\ufeff\\]/.test(text)) {
    return no(
      'characters',
      'The URL holds a blank, a control character or a backslash; remove or percent-encode it.',
    );
  }
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'https' && scheme !== 'http') return badScheme(rules);
  const authority = /^https?:\/\/([^/?#]+)/i.exec(text)?.[1];
  if (authority === undefined) return no('not_a_url', 'Give a full URL, like https://example.com/webhooks.');
  // Also an empty one (https://@host), which the parser drops without a trace.
  if (authority.includes('@')) {
    return no(
      'userinfo',
      'The URL must not hold a user name or password; put credentials into a custom header.',
    );
  }
  if (text.includes('#')) return no('fragment', 'The URL must not have a fragment (#…); remove it.');
  if (!URL.canParse(text))
    return no('not_a_url', 'This is not a valid URL: check the host name and the port.');

  const url = new URL(text);
  if (url.protocol === 'http:' && !(rules.https === 'production' && rules.allowHttp)) return badScheme(rules);
  // One spelling per host: with the dot certificates do not match, and `localhost.` would not be `localhost`.
  url.hostname = url.hostname.replace(/\.$/, '');
  return checkHost(url, rules) ?? checkPort(url, rules) ?? { ok: true, url: url.href };
}

function checkHost(url: URL, rules: UrlRules): UrlCheck | undefined {
  const address = literalOf(url);
  if (isIP(address) !== 0) {
    if (rules.allowsAddress(address)) return undefined;
    return no('address', 'The URL leads to an address that is not public; give a public host.');
  }
  const host = url.hostname;
  if (rules.isDeniedHost(host)) {
    return no('host', 'The host is one of this installation itself; give the one of your receiver.');
  }
  if (rules.isPrivateHost(host)) return undefined;
  if (!host.includes('.') || privateSuffixes.some((suffix) => host.endsWith(suffix))) {
    return no('host', 'The host is not a public name; give one that anybody can resolve, like example.com.');
  }
  const labels = host.split('.');
  if (host.length > 253 || labels.some((label) => label === '' || label.length > 63)) {
    return no('host', 'The host is not a valid name: parts of 1 to 63 characters, 253 altogether.');
  }
  return undefined;
}

function checkPort(url: URL, rules: UrlRules): UrlCheck | undefined {
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  if (port !== 0) {
    if (rules.ports === 'any' || rules.isPrivateHost(url.hostname)) return undefined;
    const address = literalOf(url);
    if (isIP(address) !== 0 && rules.isExempt(address)) return undefined;
  }
  const allowHttp = rules.https === 'production' && rules.allowHttp;
  const standard = allowHttp ? [...httpsPorts, ...httpPorts] : httpsPorts;
  const allowed = rules.ports === 'default' ? standard : rules.ports === 'any' ? [] : rules.ports;
  if (allowed.includes(port)) return undefined;
  const hint = allowed.length === 0 ? '' : ` Use ${allowed.join(', ')}.`;
  return no('port', `Port ${port} is not allowed.${hint}`);
}

function badScheme(rules: UrlRules): UrlCheck {
  const wanted = rules.https === 'production' && rules.allowHttp ? 'https:// or http://' : 'https://';
  return no('scheme', `The URL must start with ${wanted}.`);
}

function literalOf(url: URL): string {
  return url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
}

function no(code: UrlProblem, detail: string): UrlCheck {
  return { ok: false, code, detail };
}
