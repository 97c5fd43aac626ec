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

/** The engine, then the bare loop, and again: what the machine does meanwhile comes to both. */
async function repeat(bench: Bench, bare: Bench | undefined, shape: Shape): Promise<void> {
  const engine: Measured[] = [];
  const floor: Measured[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    engine.push(await publishAndDeliver(bench, shape));
    process.stdout.write(`  ${line(engine.at(-1) as Measured)}\n`);
    if (bare === undefined) continue;
    await bench.target.rest();
    floor.push(await publishAndDeliver(bare, { ...shape, key: 'none' }));
    await bench.target.wake();
    process.stdout.write(`  ${line(floor.at(-1) as Measured)}\n`);
  }
  const of = (figure: (one: Measured) => number): string => {
    const figures = engine.map(figure);
    const ratio = median(engine.map((one, run) => figure(one) / figure(floor[run] ?? one)));
    const compared = bare === undefined ? '' : `, ratio ${ratio.toFixed(2)}`;
    return `${median(figures)} (${Math.min(...figures)}–${Math.max(...figures)}${compared})`;
  };
  process.stdout.write(
    `${bench.target.name} ${shape.case}: ${of((one) => one.deliveriesPerSecond)} deliveries/s, ` +
      `${of((one) => one.cpuMicros)} µs CPU\n`,
  );
}

const receiver = await ReceiverPeer.start();
const load = new LoadPeer();
const setting = await (values.kafka ? startOnKafka() : startStandalone());
try {
  const { target, bareLoop } = setting;
  const urls = [`${receiver.url}/ok`];
  const key = await target.enter('bench', 'standard-webhooks', urls);
  const bench = { target, load, receiver };
  const shape = { key, batch: 1, connections: CLIENTS, fanOut: 1 };
  const warmUp = { ...shape, case: 'warm-up', requests: EVENTS, rate: null };
  await publishAndDeliver(bench, warmUp);
  let bare: Bench | undefined;
  if (typeof bareLoop === 'string') process.stdout.write(`no bare loop to compare with: ${bareLoop}\n`);
  else {
    await bareLoop.enter('bench', 'standard-webhooks', urls);
    bare = { target: bareLoop, load, receiver };
    await target.rest();
    await publishAndDeliver(bare, warmUp);
    await target.wake();
  }
  await repeat(bench, bare, { ...shape, case: 'saturated', requests: EVENTS, rate: null });
  await repeat(bench, bare, { ...shape, case: '200/s', requests: 2_000, rate: 200 });
} finally {
  await setting.stop();
  load.stop();
  receiver.stop();
}
