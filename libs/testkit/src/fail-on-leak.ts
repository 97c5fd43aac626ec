import { afterAll, beforeAll } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';

/** What keeps a process alive and belongs to the one who opened it. */
const watched = new Set([
  'TCPServerWrap',
  'TCPSocketWrap',
  'Timeout',
  'ProcessWrap',
  'PipeWrap',
  'FSEventWrap',
]);

const open = (): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) {
    if (watched.has(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
};

let before: Map<string, number>;

beforeAll(() => {
  before = open();
});

/** A suite that leaves a server, socket, child process or timer behind fails, by name. */
afterAll(async () => {
  const leaked = () => [...open()].filter(([kind, count]) => count > (before.get(kind) ?? 0));
  // Closing is asynchronous: a socket just ended is still listed for a few turns of the loop.
  for (let turn = 0; turn < 100 && leaked().length > 0; turn += 1) await delay(10);
  // The pending delay() itself is not listed once it has resolved.
  const left = leaked();
  if (left.length > 0) {
    const list = left.map(([kind, count]) => `${count - (before.get(kind) ?? 0)} ${kind}`).join(', ');
    throw new Error(`this suite leaves open: ${list}`);
  }
});
