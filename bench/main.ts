/** `npm run bench [-- --kafka] [--events 20000] [--runs 5]`: what this machine makes of the engine. */
import { parseArgs } from 'node:util';
import type { Bench, Measured } from './cases/bench-run.ts';
import { publishAndDeliver, type Shape } from './cases/publish-and-deliver.ts';
import { median } from './machine/statistics.ts';
import { LoadPeer, ReceiverPeer } from './peers.ts';
import { startOnKafka } from './targets/kafka-target.ts';
import { startStandalone } from './targets/standalone-target.ts';

const { values } = parseArgs({
  options: {
    kafka: { type: 'boolean', default: false },
    events: { type: 'string', default: '20000' },
    runs: { type: 'string', default: '5' },
  },
});
const EVENTS = Number(values.events);
const RUNS = Number(values.runs);
const CLIENTS = 64;

const ms = (value: number): string => `${value.toFixed(1)} ms`;

function line(one: Measured): string {
  const roles = Object.entries(one.byRole).map(([role, { cpuMicros }]) => `${role} ${cpuMicros}`);
  return (
    `${one.target} ${one.case}: ${one.deliveriesPerSecond} deliveries/s (${one.acceptedPerSecond} accepted/s), ` +
    `send→receive p50 ${ms(one.sendToReceive.p50)} p99 ${ms(one.sendToReceive.p99)}, ` +
    `accept→receive p50 ${ms(one.acceptToReceive.p50)} p99 ${ms(one.acceptToReceive.p99)}, ` +
    `${one.cpuMicros} µs CPU (${roles.join(', ')}), ${one.writtenBytes} bytes written per delivery`
  );
}

async function repeat(bench: Bench, shape: Shape): Promise<void> {
  const runs: Measured[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    runs.push(await publishAndDeliver(bench, shape));
    process.stdout.write(`  ${line(runs.at(-1) as Measured)}\n`);
  }
  const rates = runs.map(({ deliveriesPerSecond }) => deliveriesPerSecond);
  const cpu = runs.map(({ cpuMicros }) => cpuMicros);
  process.stdout.write(
    `${bench.target.name} ${shape.case}: median ${median(rates)} deliveries/s (${Math.min(...rates)}–${Math.max(...rates)}), ` +
      `median ${median(cpu)} µs CPU (${Math.min(...cpu)}–${Math.max(...cpu)})\n`,
  );
}

const receiver = await ReceiverPeer.start();
const load = new LoadPeer();
const target = await (values.kafka ? startOnKafka() : startStandalone());
try {
  const key = await target.enter('bench', 'standard-webhooks', [`${receiver.url}/ok`]);
  const bench = { target, load, receiver };
  const shape = { key, batch: 1, connections: CLIENTS, fanOut: 1 };
  await publishAndDeliver(bench, { ...shape, case: 'warm-up', requests: EVENTS, rate: null });
  await repeat(bench, { ...shape, case: 'saturated', requests: EVENTS, rate: null });
  await repeat(bench, { ...shape, case: '200/s', requests: 2_000, rate: 200 });
} finally {
  await target.stop();
  load.stop();
  receiver.stop();
}
