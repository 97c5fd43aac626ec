/** Bare loop, 3 of 3: `outcomes` → PostgreSQL, one insert for what came together. */
import pg from 'pg';
import { kafkaOf } from './appends.ts';
import { bareTopics, readOrder } from './orders.ts';

interface Outcome {
  readonly id: string;
  readonly path: string;
  readonly status: number;
  readonly ms: number;
  readonly at: number;
}

const order = readOrder();
const client = new pg.Client({ connectionString: order.databaseUrl });
await client.connect();
await client.query(`
  CREATE TABLE outcomes (
    event bigint, endpoint text, status integer, ms integer, at timestamptz(3), PRIMARY KEY (event, endpoint)
  )`);
const insert = `
  INSERT INTO outcomes
  SELECT * FROM unnest($1::bigint[], $2::text[], $3::integer[], $4::integer[], $5::timestamptz[])
  ON CONFLICT DO NOTHING`;

const consumer = kafkaOf(order.brokers).consumer({ groupId: 'bare.project', sessionTimeout: 60_000 });
await consumer.connect();
await consumer.subscribe({ topic: bareTopics.outcomes, fromBeginning: true });
consumer.on('consumer.group_join', () => process.send?.('ready'));
await consumer.run({
  autoCommitInterval: 1_000,
  eachBatch: async ({ batch }) => {
    const rows = batch.messages.map(({ value }) => JSON.parse(String(value)) as Outcome);
    await client.query({
      name: 'insert',
      text: insert,
      values: [
        rows.map(({ id }) => id),
        rows.map(({ path }) => path),
        rows.map(({ status }) => status),
        rows.map(({ ms }) => ms),
        rows.map(({ at }) => new Date(at)),
      ],
    });
  },
});
