import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../eventually.ts';
import { BrokerProcess, type BrokerCommand } from './broker-process.ts';
import { freePorts, isFree } from './free-ports.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hyperhook-process-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Something that listens until it is killed, in a broker's place. */
const listener = (port: number): BrokerCommand => ({
  java: process.execPath,
  jvmFlags: ['-e', `console.log('up'); require('net').createServer().listen(${port}, '127.0.0.1')`],
  mainClass: 'none',
  args: [],
  logFile: join(folder, 'log'),
});
const listens = (port: number) =>
  eventually(async () => {
    if (await isFree(port)) throw new Error(`nobody listens on ${port}`);
  });

describe('a broker process', () => {
  it('ends when killed, and says how and what it said last', async () => {
    const [port = 0] = await freePorts(1);
    const broker = new BrokerProcess(listener(port));
    await listens(port);
    await broker.kill();
    expect([broker.running, await broker.exited, broker.lastWords]).toEqual([false, 'SIGKILL', 'up']);
  });

  it('has ended when its program is not there', async () => {
    const broker = new BrokerProcess({ ...listener(0), java: '/nowhere/java' });
    expect(await broker.exited).toContain('ENOENT');
    expect(broker.running).toBe(false);
  });

  it('ends with the process that started it, even one killed by -9', async () => {
    const [port = 0] = await freePorts(1);
    const source = new URL('./broker-process.ts', import.meta.url).href;
    const starter = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      `import { BrokerProcess } from '${source}'; new BrokerProcess(${JSON.stringify(listener(port))});`,
    ]);
    await listens(port);
    starter.kill('SIGKILL');
    await once(starter, 'close');
    await eventually(async () => {
      if (!(await isFree(port))) throw new Error(`somebody still listens on ${port}`);
    });
  });
});
