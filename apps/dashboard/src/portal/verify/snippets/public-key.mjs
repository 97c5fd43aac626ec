// PUBLIC_KEY='whpk_…' node verify.mjs
import { createPublicKey, verify } from 'node:crypto';

const SIGNED = ['__SIGNED__'];

/** body: the raw bytes, before any parser. headers: by lower-case name. */
function isGenuine(body, headers, publicKey) {
  const x = Buffer.from(publicKey.slice(publicKey.indexOf('_') + 1), 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  // Joined by dots, the body last.
  const before = SIGNED.map((name) => (headers[name] ?? '') + '.').join('');
  const content = Buffer.concat([Buffer.from(before), body]);
  return (headers['__HEADER__'] ?? '')
    .split('__SEPARATOR__')
    .filter((text) => text.startsWith('__PREFIX__'))
    .some((text) => verify(null, content, key, Buffer.from(text.slice('__PREFIX__'.length), 'base64')));
}

// This delivery, as it was sent. Your server should also refuse requests whose time is minutes away from now.
const body = Buffer.from('__BODY__');
const headers = '__HEADERS__';

const genuine = isGenuine(body, headers, process.env.PUBLIC_KEY ?? '');
console.log(genuine ? 'genuine' : 'NOT genuine');
process.exit(genuine ? 0 : 1);
