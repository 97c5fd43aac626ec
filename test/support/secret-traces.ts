const traced = new Map<string, readonly string[]>();

/**
 * The ways in which a secret could lie somewhere: as it is, in hex, in base64 and base64url at each of the three places
 * that it can have in a longer text; the same for the key that its text stands for.
 */
export function tracesOf(secret: string): readonly string[] {
  const known = traced.get(secret);
  if (known !== undefined) return known;
  const [, encoded] = /^wh(?:sec|sk)_(.+)$/.exec(secret) ?? [];
  const bytesOf = [Buffer.from(secret)];
  if (encoded !== undefined) bytesOf.push(Buffer.from(encoded, 'base64'));
  const traces = bytesOf.flatMap((bytes) => [
    bytes.toString('latin1'),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...[0, 1, 2].flatMap((place) => inBase64(bytes, place)),
  ]);
  const all = [...new Set([secret, ...traces])];
  traced.set(secret, all);
  return all;
}

/** What stays the same whatever stands before and behind: the characters that hold bits of nothing else. */
function inBase64(bytes: Buffer, place: number): readonly string[] {
  const padded = Buffer.concat([Buffer.alloc(place), bytes]);
  const from = Math.ceil((place * 8) / 6);
  const to = Math.floor((padded.byteLength * 8) / 6);
  const inner = padded.toString('base64').slice(from, to);
  return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
}

/** Which of the secrets, by their names, lie in `bytes` in some way. */
export function foundIn(bytes: Uint8Array | string, secrets: ReadonlyMap<string, string>): readonly string[] {
  // One character for each byte: a key that is no text is found as well.
  const text = (typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.from(bytes)).toString('latin1');
  return [...secrets].flatMap(([name, secret]) =>
    tracesOf(secret).some((trace) => text.includes(trace)) ? [name] : [],
  );
}
