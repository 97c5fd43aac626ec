// WEBHOOK_SECRET='…' node verify.mjs
import { createHmac, timingSafeEqual } from 'node:crypto';

/** body: the raw bytes, before any parser. signature: the header __HEADER__. */
function isGenuine(body, signature, secret) {
  const digest = createHmac('sha256', __KEY__).update(body).digest('__ENCODING__');
  const expected = Buffer.from('__PREFIX__' + digest);
  const given = Buffer.from(signature ?? '');
  // Lengths first: timingSafeEqual throws where they differ.
  return given.length === expected.length && timingSafeEqual(given, expected);
}

// This delivery, as it was sent.
const body = Buffer.from('__BODY__');
const signature = '__SIGNATURE__';

const genuine = isGenuine(body, signature, process.env.WEBHOOK_SECRET ?? '');
console.log(genuine ? 'genuine' : 'NOT genuine');
process.exit(genuine ? 0 : 1);
