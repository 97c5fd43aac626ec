const MAX_HEADERS = 100;
const MAX_VALUE = 1_024;

/** Raw pairs (name, value, name, value …) as bounded text: names in lower case, repeated ones joined. */
export function readHeaders(raw: readonly (Buffer | string)[]): Record<string, string> {
  // No prototype: a header named __proto__ is a header.
  const headers: Record<string, string> = Object.create(null);
  let count = 0;
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = text(raw[at]).toLowerCase();
    const earlier = headers[name];
    if (earlier === undefined && (count += 1) > MAX_HEADERS) break;
    const value = text(raw[at + 1]);
    headers[name] = (earlier === undefined ? value : `${earlier}, ${value}`).slice(0, MAX_VALUE);
  }
  return headers;
}

function text(part: Buffer | string | undefined): string {
  return typeof part === 'string' ? part : (part?.toString('latin1') ?? '');
}
