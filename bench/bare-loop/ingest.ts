/** Bare loop, 1 of 3: HTTP → `events`; 202 once durable. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Appends, kafkaOf } from './appends.ts';
import { bareTopics, readOrder } from './orders.ts';

const producer = kafkaOf(readOrder().brokers).producer({ allowAutoTopicCreation: false });
await producer.connect();
const events = new Appends(producer, bareTopics.events);

const eventsOf = (body: Buffer): readonly Buffer[] =>
  body[0] === 0x5b /* [ */
    ? (JSON.parse(body.toString()) as object[]).map((one) => Buffer.from(JSON.stringify(one)))
    : [body];

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const accepted = eventsOf(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    let open = accepted.length;
    const onDurable = (): void => {
      if ((open -= 1) === 0) response.writeHead(202, { 'content-length': 0 }).end();
    };
    for (const event of accepted) events.append(event, onDurable);
  });
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
