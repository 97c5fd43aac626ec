export type UrlFinding =
  | { readonly kind: 'empty' }
  /** `canonical`: what the engine stores and sends to, as the WHATWG parser gives it. */
  | { readonly kind: 'good'; readonly canonical: string; readonly isHttp: boolean }
  | { readonly kind: 'bad'; readonly problem: UrlProblem };

export type UrlProblem = 'blank' | 'not_a_url' | 'scheme' | 'https' | 'userinfo' | 'fragment' | 'too_long';

const MAX_LENGTH = 2_048;

/**
 * What can be said of a URL while it is typed. The engine has the last word: only it knows which hosts, ports and addresses the
 * installation allows. `https`: of the contract; `always`: http is refused at save, everywhere.
 */
export function checkUrl(text: string, https: 'always' | 'production'): UrlFinding {
  if (text === '') return { kind: 'empty' };
  if (text.length > MAX_LENGTH) return bad('too_long');
  // oxlint-disable-next-line no-control-regex -- what browsers would drop in silence
  if (/[\u0000-\u0020\u007f-\u00a0\u2028\u2029\ufeff\\]/.test(text)) return bad('blank');
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'https' && scheme !== 'http') return bad('scheme');
  if (scheme === 'http' && https === 'always') return bad('https');
  const authority = /^https?:\/\/([^/?#]+)/i.exec(text)?.[1];
  if (authority === undefined || !URL.canParse(text)) return bad('not_a_url');
  if (authority.includes('@')) return bad('userinfo');
  if (text.includes('#')) return bad('fragment');
  const { href, hostname } = new URL(text);
  if (hostname === '') return bad('not_a_url');
  return { kind: 'good', canonical: href, isHttp: scheme === 'http' };
}

const bad = (problem: UrlProblem): UrlFinding => ({ kind: 'bad', problem });
