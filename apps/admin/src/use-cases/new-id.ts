/** Lower case without look-alikes; 32 signs, so that each takes 5 of the 8 bits of a byte and all are equally likely. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 20;

/** `wh_…`, `ten_…`, `key_…`: 100 random bits, never guessed and never made twice. */
export function newId(prefix: string, random: (bytes: number) => Uint8Array): string {
  let id = prefix;
  for (const byte of random(LENGTH)) id += alphabet[byte % alphabet.length] ?? '';
  return id;
}
