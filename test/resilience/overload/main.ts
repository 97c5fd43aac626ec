/** `npm run overload -- [--minutes 5] [--stall endpoints|database|log|tenant] [--load 2]`: what stands still, and how that ended. */
import { parseArgs } from 'node:util';
import { Overload, stalls, type Stall } from './overload.ts';
import { sayIsolated, sayOverloaded } from './say.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    stall: { type: 'string', multiple: true, default: [...stalls, 'tenant'] },
    /** Times what the engine can take. */
    load: { type: 'string', default: '2' },
    /** Deliveries a second that it can take; measured where it is not given. */
    capacity: { type: 'string' },
    /** NODE_OPTIONS of the engine's processes: limits of the heap, say. */
    node: { type: 'string', default: '' },
  },
});
const ms = Number(values.minutes) * 60_000;
const isStall = (name: string): name is Stall => stalls.some((stall) => stall === name);

const overload = await Overload.open(values.node);
// The engine's processes are detached: they would outlive a Ctrl-C.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void overload.close().finally(() => process.exit(1)));
let broken = 0;
try {
  const capacity = Number(values.capacity ?? (await overload.capacity(Math.min(ms, 20_000))));
  process.stdout.write(`capacity: ${Math.round(capacity)} deliveries/s\n`);
  for (const stall of values.stall) {
    if (isStall(stall)) {
      const rate = Math.round(capacity * Number(values.load));
      broken += sayOverloaded(
        `${stall} away for ${ms / 1_000} s at ${rate}/s`,
        await overload.stalled(stall, ms, rate),
      );
    } else {
      // What a machine is to be used for: closer to its limits, p99 tells of the volume alone.
      const rate = Math.round(capacity * 0.25);
      const isolated = await overload.besideOneAtNinety(Math.min(ms, 20_000), rate);
      broken += sayIsolated(`one tenant at 90 % of ${rate}/s`, isolated);
    }
  }
} finally {
  await overload.close();
}
process.exitCode = broken === 0 ? 0 : 1;
