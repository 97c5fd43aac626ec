const MAX_HEADERS = 20;
const MAX_VALUE_BYTES = 4_096;
const MAX_NAME = 128;

const token = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/;
/** Framing, hop-by-hop, cookies, and what the engine itself says about a request. */
const deniedNames = new Set([
  'host',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'cookie',
  'cookie2',
  'set-cookie',
  'accept-encoding',
  'user-agent',
  'date',
  'via',
  'forwarded',
  'http2-settings',
  'signature',
  'signature-input',
  '__proto__',
]);
const deniedPrefixes = [
  'content-',
  'proxy-',
  'sec-',
  'webhook-',
  'x-hyper',
  'x-hypr',
  'x-forwarded-',
  'x-real-',
];

export interface HeaderProblem {
  readonly name: string;
  readonly detail: string;
}

/** What a customer may set on requests to an endpoint of theirs; null: all of `headers` is acceptable. */
export function checkHeaders(headers: Readonly<Record<string, string>>): HeaderProblem | null {
  const names = Object.keys(headers);
  const beyond = names[MAX_HEADERS];
  if (beyond !== undefined) {
    return {
      name: beyond,
      detail: `At most ${MAX_HEADERS} headers may be set; remove ${names.length - MAX_HEADERS}.`,
    };
  }
  const seen = new Set<string>();
  for (const name of names) {
    const lower = name.toLowerCase();
    const detail = seen.has(lower)
      ? 'The header is given twice in different case; keep one.'
      : (problemOfName(name) ?? problemOfValue(headers[name]));
    if (detail !== undefined) return { name, detail };
    seen.add(lower);
  }
  return null;
}

function problemOfName(name: string): string | undefined {
  if (!token.test(name) || name.length > MAX_NAME) {
    return `A header name is 1 to ${MAX_NAME} letters, digits or signs like "-", without blanks.`;
  }
  const lower = name.toLowerCase();
  const denied = deniedNames.has(lower) || deniedPrefixes.some((prefix) => lower.startsWith(prefix));
  // Some provider's signature: a customer's own value beside ours would make receivers verify the wrong one.
  if (denied || lower.endsWith('-signature'))
    return 'This header is set by the engine and cannot be changed.';
  return undefined;
}

function problemOfValue(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'The value must be text.';
  if (value.length > MAX_VALUE_BYTES) return `The value is longer than ${MAX_VALUE_BYTES} bytes.`;
  if (/[^\t\u0020-\u007e\u00a0-\u00ff]/.test(value)) {
    return 'The value must be plain text of one line (ASCII or Latin-1, no control characters).';
  }
  return undefined;
}
