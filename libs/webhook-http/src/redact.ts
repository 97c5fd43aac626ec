import { createHash } from 'node:crypto';

/** Scheme and host, and the path as a hash that tells two endpoints apart: paths and queries hold customers' tokens. */
export function redactUrl(url: string): string {
  if (!URL.canParse(url)) return '(not a URL)';
  const { protocol, host, pathname, search } = new URL(url);
  const hash = createHash('sha256')
    .update(pathname + search)
    .digest('hex')
    .slice(0, 8);
  return `${protocol}//${host}/#${hash}`;
}

/** Names stay, values go: even harmless-looking ones may hold a bearer token. */
export function redactHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.keys(headers).map((name) => [cleanText(name, 128), '…']));
}

/**
 * Text of strangers for a terminal or a log line: no escape sequences, control or bidirectional characters, one line,
 * at most `max` characters.
 */
export function cleanText(text: string, max = 500): string {
  const bounded = text.slice(0, max * 4);
  const plain = bounded
    // oxlint-disable-next-line no-control-regex -- escape sequences are what is looked for
    .replaceAll(/\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g, '')
    .replaceAll(/[\s\u2028\u2029]+/g, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '');
  return plain.length > max ? `${plain.slice(0, max - 1)}…` : plain;
}
