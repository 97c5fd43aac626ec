// WEBHOOK_SECRET='…' node verify.mjs
import { createHmac, timingSafeEqual } from 'node:crypto';

const SIGNED = ['__SIGNED__'];

/** body: the raw bytes, before any parser. headers: by lower-case name. */
function isGenuine(body, headers, secret) {
  // Joined by dots, the body last.
  const before = SIGNED.map((name) => (headers[name] ?? '') + '.').join('');
  const digest = createHmac('sha256', __KEY__).update(before).update(body).digest('__ENCODING__');
  const expected = Buffer.from('__PREFIX__' + digest);
  // While a secret is being replaced there are several signatures; one has to fit.
  return (headers['__HEADER__'] ?? '').split('__SEPARATOR__').some((text) => {
    const given = Buffer.from(text);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

// This delivery, as it was sent. Your server should also refuse requests whose time is minutes away from now.
const body = Buffer.from('__BODY__');
const headers = '__HEADERS__';

const genuine = isGenuine(body, headers, process.env.WEBHOOK_SECRET ?? '');
console.log(genuine ? 'genuine' : 'NOT genuine');
process.exit(genuine ? 0 : 1);
