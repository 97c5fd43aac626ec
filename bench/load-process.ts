/**
 * Publisher of the benchmarks, in a process of its own: numbered events over REST or gRPC, as fast as they are
 * answered, or at a steady rate (open loop: what is late is sent all the same, and counts from when it was due).
 */
import type { LoadOrder, LoadReport } from './load-order.ts';
import { openLanes, type Lane } from './wire/lanes.ts';
import { monotonicMicros } from './wire/monotonic.ts';

async function run(order: LoadOrder): Promise<LoadReport> {
  const { requests, batch, rate } = order;
  const sentAt = new Float64Array(requests * batch);
  const acceptedAt = new Float64Array(requests * batch);
  const done = pending();
  const lanes = openLanes(order, done.reject);
  const idle: Lane[] = [];
  const began = monotonicMicros();
  let next = 0;
  let answered = 0;
  const send = (lane: Lane): void => {
    if (next >= requests) return;
    const request = next;
    const due = rate === null ? 0 : began + (request * 1_000_000) / rate;
    const now = monotonicMicros();
    if (due > now) {
      idle.push(lane);
      return;
    }
    next += 1;
    sentAt.fill(rate === null ? now : due, request * batch, (request + 1) * batch);
    lane.send(request, (wrong) => {
      if (wrong !== undefined) {
        done.reject(new Error(wrong));
        return;
      }
      acceptedAt.fill(monotonicMicros(), request * batch, (request + 1) * batch);
      answered += 1;
      if (answered === requests) done.resolve();
      else send(lane);
    });
  };
  lanes.all.forEach(send);
  const ticking = rate === null ? undefined : setInterval(() => idle.splice(0).forEach(send), 1);
  try {
    await done.promise;
  } finally {
    clearInterval(ticking);
    lanes.close();
  }
  return { sentAt, acceptedAt };
}

process.on('message', (order: LoadOrder) => {
  run(order).then(
    (report) => process.send?.(report),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));

function pending(): {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
} {
  let resolve = (): void => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<void>((onDone, onError) => {
    resolve = onDone;
    reject = onError;
  });
  return { promise, resolve, reject };
}
