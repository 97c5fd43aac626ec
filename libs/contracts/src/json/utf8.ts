/** Lowest code point that a sequence of this many bytes may say; fewer would have done (overlong). */
const lowest = [0, 0, 0x80, 0x800, 0x10000];

function lengthFrom(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
}

/**
 * Offset of the first byte that is not UTF-8, or -1. `isUtf8` answers yes or no at memory speed;
 * this slower walk runs only to tell a publisher where to look.
 */
export function firstInvalidUtf8(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] ?? 0;
    const length = lengthFrom(lead);
    if (length === 0) return at;
    let point = length === 1 ? lead : lead & (0x7f >> length);
    for (let next = 1; next < length; next += 1) {
      const byte = bytes[at + next] ?? 0;
      if ((byte & 0xc0) !== 0x80) return at;
      point = (point << 6) | (byte & 0x3f);
    }
    const surrogate = point >= 0xd800 && point <= 0xdfff;
    if (point < (lowest[length] ?? 0) || surrogate || point > 0x10ffff) return at;
    at += length;
  }
  return -1;
}
