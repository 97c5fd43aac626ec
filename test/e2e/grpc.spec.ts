import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, GrpcClient } from '#testkit';
import { CustomerServer } from '../support/customer-server.ts';
import type { EngineUnderTest } from '../support/engine-under-test.ts';
import { openEngine } from '../support/open-engine.ts';

const example = /<!-- example:publish-stream -->\s+```js\n([\s\S]*?)```\s+```text\n([\s\S]*?)```/;

describe('the engine over gRPC', () => {
  let engine: EngineUnderTest;
  let customer: CustomerServer;
  let url = '';
  const clients: GrpcClient[] = [];
  let position = '0';

  beforeAll(async () => {
    customer = new CustomerServer();
    url = await customer.open();
    engine = await openEngine('grpc', { HYPERHOOK_GRPC_PORT: '0' });
  }, 180_000);

  afterAll(async () => {
    for (const client of clients) client.close();
    await engine?.remove();
    await customer?.close();
  }, 60_000);

  /** One call that must go well; echoes the position of the last change, as a client does that talks to several processes. */
  async function must(what: string, request: object, key = engine.rootKey): Promise<Record<string, unknown>> {
    const [service = '', method = ''] = what.split('/');
    const client = new GrpcClient(engine.grpcFor(service), key);
    clients.push(client);
    const metadata = { 'hyperhook-control-position': position };
    const { code, details, message, headers } = await client.call(service, method, request, { metadata });
    expect(`${what}: ${code} ${details}`).toBe(`${what}: 0 `);
    [position = position] = headers.get('hyperhook-control-position').map(String);
    return message;
  }

  it('sets up a customer, publishes by every call, delivers, and tells what became of it', async () => {
    await must('TenantService/CreateTenant', { id: 'watch', name: 'Watch', contract: 'hyprwatch' });
    const { text } = await must('KeyService/CreateKey', { name: 'backend', tenant: 'watch' });
    const key = String(text);
    const { webhook } = await must('WebhookService/CreateWebhook', { url: `${url}/hook` }, key);
    const { id: hook } = webhook as { id: string };

    const data = Buffer.from(
      '{"host_id":"h_1","hostname":"web-1","platform":"linux","load":1.0,"2":0,"1":0}',
    );
    await must('IngestService/Publish', { event: { id: 'evt_single', type: 'host.online', data } }, key);
    const { outcomes } = await must(
      'IngestService/PublishBatch',
      { events: [{ id: 'evt_batch', type: 'host.online', data }, { type: 'host.exploded' }] },
      key,
    );
    expect(outcomes).toMatchObject([
      { accepted: { id: 'evt_batch' } },
      { problem: { code: 'validation_failed', errors: [{ pointer: '/events/1/type' }] } },
    ]);

    expect(await runExample(key)).toEqual(documented.printed);

    const ids = ['evt_batch', 'evt_grpc1', 'evt_grpc3', 'evt_single'];
    await eventually(async () => {
      const { deliveries = [] } = await must('DeliveryService/ListDeliveries', { webhook: hook }, key);
      const delivered = (deliveries as { event_id: string; status: string }[]).filter(
        ({ status }) => status === 'delivered',
      );
      expect(delivered.map(({ event_id: id }) => id).sort()).toEqual(ids);
    }, 30_000);
    const { event, body } = await must('EventService/GetEvent', { id: 'evt_single' }, key);
    expect(event).toMatchObject({ id: 'evt_single', tenant: 'watch' });
    expect(body).toContain(`"data":${data.toString()}`);
  }, 90_000);

  const [, code = '', printed = ''] = example.exec(readFileSync('docs/grpc.md', 'utf8')) ?? [];
  const documented = { code, printed };

  /** The example of docs/grpc.md, as a reader would run it; gives what it printed. */
  async function runExample(key: string): Promise<string> {
    const file = `grpc-example-${process.pid}.mjs`;
    await writeFile(file, documented.code);
    try {
      const env = { HYPERHOOK_GRPC: engine.grpcFor('IngestService'), HYPERHOOK_API_KEY: key };
      const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      let said = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
      }
      await once(child, 'close');
      return said;
    } finally {
      await rm(file);
    }
  }

  it('ends an open stream in order at SIGTERM, and every process ends with exit code 0', async () => {
    const client = new GrpcClient(engine.grpcFor('IngestService'), engine.rootKey);
    clients.push(client);
    const stream = client.stream('IngestService', 'PublishStream');
    const outcomes: unknown[] = [];
    let ended: number | undefined;
    stream.on('data', (outcome) => outcomes.push(outcome));
    stream.on('error', () => {});
    stream.on('status', ({ code: how }: { code: number }) => (ended = how));
    const event = {
      type: 'host.online',
      tenant: 'watch',
      data: Buffer.from('{"host_id":"h","hostname":"w","platform":"l"}'),
    };
    stream.write({ sequence: 1, event });
    await eventually(() => expect(outcomes).toMatchObject([{ sequence: 1, accepted: {} }]));
    const codes = await engine.stop();
    expect(new Set(codes)).toEqual(new Set([0]));
    // UNAVAILABLE: open another one elsewhere.
    await eventually(() => expect(ended).toBe(14));
  }, 60_000);
});
