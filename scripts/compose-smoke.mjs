#!/usr/bin/env node
/**
 * One event through a running engine: a tenant, a webhook, a publish; the signed request arrives, the history says
 * delivered, the tenant goes again. Needs nothing but Node. Ends with 0, or says what did not happen.
 *
 * In compose: `docker compose run --rm smoke`. Elsewhere: SMOKE_KEY=<root key> node scripts/compose-smoke.mjs, where
 * SMOKE_ADMIN and SMOKE_INGESTION name the two APIs, and SMOKE_RECEIVER_HOST the address by which dispatchers reach this.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { networkInterfaces } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

const WITHIN_MS = 60_000;
const {
  SMOKE_ADMIN: admin = 'http://127.0.0.1:8080',
  SMOKE_INGESTION: ingestion = 'http://127.0.0.1:8081',
  SMOKE_KEY: key,
  SMOKE_RECEIVER_HOST: host = ownAddress(),
} = process.env;

/** Where other containers of the network reach this one. */
function ownAddress() {
  const found = Object.values(networkInterfaces())
    .flat()
    .find(({ family, internal }) => family === 'IPv4' && !internal);
  return found?.address ?? '127.0.0.1';
}

/** What a change of control answered is echoed: the next process waits until it knows of the change too. */
let position;

async function call(method, base, path, body) {
  const response = await fetch(`${base}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(position === undefined ? {} : { 'hyperhook-control-position': position }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(15_000),
  });
  position = response.headers.get('hyperhook-control-position') ?? position;
  const text = await response.text();
  if (!response.ok) {
    const hint = path.startsWith('/webhooks')
      ? `\nThe engine sends to public https addresses only. To try it against ${host}: HYPERHOOK_ALLOW_HTTP=true and HYPERHOOK_EGRESS_ALLOW=<the range of that address>.`
      : '';
    throw new Error(`${method} ${base}${path} answered ${response.status}: ${text}${hint}`);
  }
  return text === '' ? undefined : JSON.parse(text);
}

async function within(what, probe) {
  const until = Date.now() + WITHIN_MS;
  for (let last; ; await delay(200)) {
    const found = await probe((value) => (last = value));
    if (found !== undefined) return found;
    if (Date.now() > until) throw new Error(`${what} did not happen within ${WITHIN_MS / 1_000} s; ${last}`);
  }
}

async function smoke(arrivals, url) {
  const tenant = `smoke-${randomBytes(4).toString('hex')}`;
  await call('POST', admin, '/tenants', { id: tenant, name: 'Smoke', contract: 'hypertune' });
  try {
    const webhook = await call('POST', admin, `/webhooks?tenant=${tenant}`, { url });
    const event = { tenant, type: 'DEPLOYED', data: { load: 1 } };
    const { id } = await call('POST', ingestion, '/events', event);
    console.log(`published ${id} of ${tenant}, for ${url}`);

    const { headers, body } = await within('the request', (seen) => {
      seen(`${arrivals.length} requests came to ${url}`);
      return arrivals[0];
    });
    const wanted = createHmac('sha256', webhook.secret).update(body).digest('hex');
    if (headers['x-hypertune-signature'] !== wanted) throw new Error('the signature is not that of the body');
    console.log(`arrived, signed: ${body.toString()}`);

    const shown = await within('the history', async (seen) => {
      const { data } = await call('GET', admin, `/deliveries?tenant=${tenant}`);
      seen(`it shows ${JSON.stringify(data)}`);
      return data.find(({ status }) => status === 'delivered');
    });
    console.log(`the history says ${shown.status}, by ${shown.attempts} attempt(s)`);
  } finally {
    await call('DELETE', admin, `/tenants/${tenant}`);
  }
}

const arrivals = [];
const receiver = createServer(async (request, response) => {
  arrivals.push({ headers: request.headers, body: Buffer.concat(await Array.fromAsync(request)) });
  response.writeHead(204).end();
});
try {
  if (!key) throw new Error('SMOKE_KEY: give a root key (HYPERHOOK_ROOT_KEY of the installation)');
  receiver.listen(0, host);
  await once(receiver, 'listening');
  await smoke(arrivals, `http://${host}:${receiver.address().port}/smoke`);
  console.log('ok');
} catch (error) {
  console.error(
    `smoke: ${error.message}${error.cause ? ` (${error.cause.code ?? error.cause.message})` : ''}`,
  );
  process.exitCode = 1;
} finally {
  receiver.closeAllConnections();
  receiver.close();
}
