import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeDataFolder } from '../support/data-folder.ts';
import { StandaloneProcess } from '../support/standalone-process.ts';

describe('a client that opens a connection and says nothing', () => {
  let folder: Awaited<ReturnType<typeof makeDataFolder>>;
  let engine: StandaloneProcess;
  let socket: Socket | undefined;

  beforeAll(async () => {
    folder = await makeDataFolder('silent');
    engine = new StandaloneProcess({ HYPERHOOK_DATA_DIR: folder.path });
    await engine.start();
  });

  afterAll(async () => {
    socket?.destroy();
    await engine.stop();
    await folder.remove();
  });

  it('does not hold up a stop: the process drains, and exits with 0 (P4)', async () => {
    socket = connect(Number(new URL(engine.url).port), '127.0.0.1');
    await once(socket, 'connect');
    const began = performance.now();
    expect(await engine.stop()).toBe(0);
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});
