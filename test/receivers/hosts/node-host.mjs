/**
 * Runs the Node samples of a folder, as its own process. One JSON request per line on stdin
 * `{id, kind, file, headers, body (base64), secret}`, one answer per line on stdout `{id, status}`.
 */
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = process.argv[2];
const servers = (globalThis[Symbol.for('hyperhook.servers')] ??= []);
// The samples talk to the console; stdout is ours.
console.log = () => {};

const functions = new Map();
/** The sample's function, which its page does not export. */
function verifyFunction(file) {
  if (!functions.has(file)) {
    const path = join(folder, file);
    const source = readFileSync(path, 'utf8');
    functions.set(file, new Function('require', `${source}\nreturn verifySignature;`)(createRequire(path)));
  }
  return functions.get(file);
}

const started = new Map();
/** The sample as a server. Its secret stands in its source; another is another copy, imported once. */
async function serverOf(file, secret) {
  const key = `${file}\n${secret}`;
  if (!started.has(key)) {
    const source = readFileSync(join(folder, file), 'utf8');
    const configured = source.replace(/(?<=^const WEBHOOK_SECRET = )".*"(?=;$)/m, () =>
      JSON.stringify(secret),
    );
    const copy = join(folder, file.replace('.mjs', `.${started.size}.mjs`));
    writeFileSync(copy, configured);
    started.set(key, startServer(copy));
  }
  return started.get(key);
}

async function startServer(copy) {
  const before = servers.length;
  await import(pathToFileURL(copy).href);
  const server = servers[before];
  if (!server.listening) await once(server, 'listening');
  return server.address().port;
}

async function post(port, headers, body) {
  const sent = request({ port, host: '127.0.0.1', method: 'POST', path: '/', headers, agent: false });
  sent.end(body);
  const [response] = await once(sent, 'response');
  response.resume();
  await once(response, 'end');
  return response.statusCode;
}

async function statusOf({ kind, file, headers, body, secret }) {
  const payload = Buffer.from(body, 'base64');
  if (kind === 'express') return post(await serverOf(file, secret), headers, payload);
  const verifySignature = verifyFunction(file);
  const signature = headers[kind.header];
  const args = kind.order.map((name) => ({ payload, signature, secret })[name]);
  try {
    return verifySignature(...args) ? 200 : 401;
  } catch {
    // What a framework answers for a handler that threw: these samples do for a header of another length.
    return 500;
  }
}

/** One after the other: a sample is imported by who asks first. */
for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  const answer = await statusOf(asked).then(
    (status) => ({ id: asked.id, status }),
    (error) => ({ id: asked.id, error: String(error) }),
  );
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
for (const server of servers) server.close();
