/** Bare loop, 2 of 3: `events` → a signed POST to each endpoint → `outcomes`. A failed POST is an outcome like any other. */
import { createHmac } from 'node:crypto';
import { Pool } from 'undici';
import { Appends, kafkaOf } from './appends.ts';
import { bareTopics, readOrder } from './orders.ts';

const IN_FLIGHT = 64;
const secret = Buffer.from('bare-loop');

let pool: Pool | undefined;
let paths: readonly string[] = [];
process.on('message', (urls: readonly string[]) => {
  const [first] = urls;
  if (first !== undefined) pool = new Pool(new URL(first).origin, { connections: IN_FLIGHT, pipelining: 1 });
  paths = urls.map((url) => new URL(url).pathname);
  process.send?.('entered');
});

const kafka = kafkaOf(readOrder().brokers);
const producer = kafka.producer({ allowAutoTopicCreation: false });
await producer.connect();
const outcomes = new Appends(producer, bareTopics.outcomes);
const consumer = kafka.consumer({ groupId: 'bare.dispatch', sessionTimeout: 60_000 });
await consumer.connect();
await consumer.subscribe({ topic: bareTopics.events, fromBeginning: true });

let inFlight = 0;
let onRoom = (): void => {};

async function post(id: string, path: string, body: Buffer): Promise<void> {
  const seconds = Math.floor(Date.now() / 1_000);
  const signature = createHmac('sha256', secret).update(`${id}.${seconds}.`).update(body).digest('base64');
  const began = performance.now();
  const answer = await pool?.request({
    method: 'POST',
    path,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(seconds),
      'webhook-signature': `v1,${signature}`,
    },
    body,
  });
  await answer?.body.dump();
  const ms = Math.round(performance.now() - began);
  outcomes.append(Buffer.from(JSON.stringify({ id, path, status: answer?.statusCode, ms, at: Date.now() })));
  inFlight -= 1;
  onRoom();
}

consumer.on('consumer.group_join', () => process.send?.('ready'));
await consumer.run({
  autoCommitInterval: 1_000,
  eachBatch: async ({ batch }) => {
    for (const { offset, value } of batch.messages) {
      for (const path of paths) {
        if (inFlight >= IN_FLIGHT) await new Promise<void>((resolve) => (onRoom = resolve));
        inFlight += 1;
        void post(offset, path, value ?? Buffer.alloc(0));
      }
    }
  },
});
