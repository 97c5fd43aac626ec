/** Strict: Node alone would skip what is not base64 and sign with a key that nobody else derives. */
export function decodedKey(base64: string): Buffer | null {
  const key = Buffer.from(base64, 'base64');
  const unpadded = (text: string) => text.replace(/=+$/, '');
  return key.length > 0 && unpadded(key.toString('base64')) === unpadded(base64) ? key : null;
}
