/**
 * What one standalone process does on this machine: load, engine, its PostgreSQL and receiver share the cores.
 *
 *   npm run bench            (10,000 events saturated; 100 events/s for 20 s; lateness of retries)
 *
 * Latency counts from the moment the publisher sends until the receiver has the whole body, so it holds the accept.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { makeDataFolder } from '../test/support/data-folder.ts';
import { StandaloneProcess } from '../test/support/standalone-process.ts';

interface Report {
  readonly count: number;
  readonly latencies: number[];
  /** Ms between the first and the second attempt. */
  readonly waits: number[];
}

const EVENTS = 10_000;
const CLIENTS = 64;
const epochMs = (): number => performance.timeOrigin + performance.now();

const percentile = (sorted: readonly number[], p: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * p) / 100))] ?? Number.NaN;

async function reportOf(receiver: ChildProcess): Promise<Report> {
  receiver.send('report');
  const [report] = (await once(receiver, 'message')) as [Report];
  return report;
}

/** CPU seconds of a process and all its children so far, by /proc (Linux); NaN elsewhere. */
async function cpuSeconds(pids: readonly number[]): Promise<number> {
  let ticks = 0;
  for (const pid of pids) {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    ticks += [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at] ?? 0), 0);
  }
  return ticks / 100;
}

async function descendants(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const children = text.trim().split(' ').filter(Boolean).map(Number);
  const below = await Promise.all(children.map(descendants));
  return [pid, ...below.flat()];
}

/**
 * A thousand Hyperspell events at 100/s whose first attempt fails: the second is due 4 s after. Counted at the receiver,
 * so both requests and the appends between them are in it.
 */
async function retryLateness(
  engine: StandaloneProcess,
  receiver: ChildProcess,
  port: number,
): Promise<string> {
  const tenant = {
    id: 'late',
    name: 'late',
    contract: 'hyperspell',
    attributes: { app: 'bench' },
    secret: 'bench-secret',
  };
  await engine.must('POST', '/tenants', tenant);
  await engine.must('POST', '/webhooks?tenant=late', { url: `http://127.0.0.1:${port}/flaky` });
  receiver.send('reset');
  const began = performance.now();
  for (let n = 0; n < 1_000; n += 1) {
    const wait = began + n * 10 - performance.now();
    if (wait > 0) await delay(wait);
    const data = { user_id: null, source: 'bench', resource_id: String(n) };
    await engine.must('POST', '/events', { tenant: 'late', type: 'index-started', data });
  }
  for (;;) {
    const { waits } = await reportOf(receiver);
    if (waits.length < 1_000) {
      await delay(50);
      continue;
    }
    const late = waits.map((wait) => wait - 4_000).toSorted((a, b) => a - b);
    const early = late.filter((ms) => ms < 0).length;
    return `retries due after 4 s: late p50 ${percentile(late, 50).toFixed(1)} ms, p99 ${percentile(late, 99).toFixed(1)} ms, ${early} early`;
  }
}

async function main(): Promise<void> {
  const folder = await makeDataFolder('bench');
  const engine = new StandaloneProcess({ HYPERHOOK_DATA_DIR: folder.path });
  const receiver = fork(new URL('receiver.ts', import.meta.url));
  try {
    const [{ port }] = (await once(receiver, 'message')) as [{ port: number }];
    await engine.start();
    await engine.must('POST', '/tenants', { id: 'bench', name: 'bench', contract: 'standard-webhooks' });
    await engine.must('POST', '/webhooks?tenant=bench', { url: `http://127.0.0.1:${port}/hook` });
    const { key } = await engine.must<{ key: string }>('POST', '/keys', {
      tenant: 'bench',
      name: 'bench',
      scopes: ['events:write'],
    });
    const pool = new Pool(engine.url, { connections: CLIENTS });
    const filler = 'x'.repeat(900);
    const publish = async (n: number): Promise<void> => {
      const body = JSON.stringify({ type: 'bench.event', data: { sent_at: epochMs(), n, filler } });
      const answer = await pool.request({
        path: '/api/v1/events',
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body,
      });
      await answer.body.dump();
      if (answer.statusCode !== 202) throw new Error(`publish answered ${answer.statusCode}`);
    };
    const arrived = async (count: number): Promise<Report> => {
      for (;;) {
        const report = await reportOf(receiver);
        if (report.count >= count) return report;
        await delay(20);
      }
    };
    const saturate = async (events: number): Promise<{ seconds: number; acceptSeconds: number }> => {
      receiver.send('reset');
      const began = performance.now();
      let next = 0;
      await Promise.all(
        Array.from({ length: CLIENTS }, async () => {
          while (next < events) await publish((next += 1));
        }),
      );
      const acceptSeconds = (performance.now() - began) / 1_000;
      await arrived(events);
      return { seconds: (performance.now() - began) / 1_000, acceptSeconds };
    };

    await saturate(5_000);
    const pids = await descendants(engine.pid);
    for (let run = 1; run <= 3; run += 1) {
      const cpuBefore = await cpuSeconds(pids);
      const { seconds, acceptSeconds } = await saturate(EVENTS);
      const cpu = (await cpuSeconds(pids)) - cpuBefore;
      console.log(
        `saturated run ${run}: ${Math.round(EVENTS / seconds)} deliveries/s, ${Math.round(EVENTS / acceptSeconds)} accepted/s, ` +
          `${Math.round((cpu * 1e6) / EVENTS)} µs CPU per delivery (engine and its PostgreSQL)`,
      );
    }

    receiver.send('reset');
    const began = performance.now();
    const sending: Promise<void>[] = [];
    for (let n = 0; n < 2_000; n += 1) {
      const due = began + n * 10;
      const wait = due - performance.now();
      if (wait > 0) await delay(wait);
      sending.push(publish(n));
    }
    await Promise.all(sending);
    const { latencies } = await arrived(2_000);
    const sorted = latencies.toSorted((a, b) => a - b);
    console.log(
      `100 events/s: send→receive p50 ${percentile(sorted, 50).toFixed(1)} ms, p99 ${percentile(sorted, 99).toFixed(1)} ms`,
    );
    console.log(await retryLateness(engine, receiver, port));
    await pool.close();
  } finally {
    receiver.disconnect();
    await engine.stop();
    await folder.remove();
  }
}

await main();
