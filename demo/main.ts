/**
 * `npm run demo`: the whole engine on one machine, judged by receivers that do what the providers' pages say.
 *
 * Exit code 0 only if every expectation held. Two switches show that it can fail:
 * HYPERHOOK_DEMO_BREAK=receiver (one receiver checks with a wrong secret), =schedule (one contract's delays are altered).
 * `npm run demo -- --keep` leaves the engine running afterwards, to look around in; `--kafka` shows it as separate
 * processes on a real broker.
 */
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from './api.ts';
import type { DemoEngine } from './demo-engine.ts';
import { checkAll, type Verdict } from './expectations.ts';
import { pageAddresses } from './page-addresses.ts';
import { samples } from './samples.ts';
import { bold, dim, green, red, Screen } from './screen.ts';
import { startSeparate } from './separate.ts';
import { aboutActor, actorNames, enter, throwAwayTls, type Actor, type ActorName } from './stage.ts';
import { startStandalone } from './standalone.ts';
import { Watch } from './watch.ts';

/** Two hours become 14.4 seconds, unless asked otherwise. */
const TIME_SCALE = Number(process.env['HYPERHOOK_DEMO_TIME_SCALE'] ?? 0.002);

/** With HYPERHOOK_DEMO_BREAK=schedule: Hypertune's file but for its id and its first delay. */
const ALTERED = 'hypertune-altered';

const broken = process.env['HYPERHOOK_DEMO_BREAK'];
const keep = process.argv.includes('--keep');
const onKafka = process.argv.includes('--kafka');

/** Ctrl-C, or a supervisor's wish: everything is closed and removed before the demo ends. */
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort());

async function main(): Promise<boolean> {
  const screen = new Screen();
  const folder = await mkdtemp(join(tmpdir(), 'hyperhook-demo-'));
  // As root, the engine's PostgreSQL runs as another user, who must be able to enter.
  await chmod(folder, 0o755);
  const opened = new AsyncDisposableStack();
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  try {
    screen.heading('Hyperhook demo');
    screen.line(
      `Starting the engine ${onKafka ? 'as separate processes on Kafka' : 'on an embedded PostgreSQL'}; contract time runs ${Math.round(1 / TIME_SCALE)} times faster.`,
    );
    const { certificate, caPem } = await throwAwayTls();
    const caFile = join(folder, 'ca.pem');
    await writeFile(caFile, caPem);
    const env = {
      HYPERHOOK_TIME_SCALE: String(TIME_SCALE),
      HYPERHOOK_ALLOW_HTTP: 'true',
      HYPERHOOK_EGRESS_ALLOW: '127.0.0.0/8',
      HYPERHOOK_EXTRA_CA_FILE: caFile,
      ...(broken === 'schedule' ? { HYPERHOOK_CONTRACTS_DIR: await alteredContracts(folder) } : {}),
    };
    const { signal } = interrupted;
    const start = onKafka ? startSeparate : startStandalone;
    const engine = await start({ folder, env, screen, opened, signal });
    signal.throwIfAborted();

    const api = new Api(engine.doors, engine.rootKey);
    const actors = new Map<ActorName, Actor>();
    screen.heading('Customers register their endpoints');
    for (const name of actorNames) {
      const altered = broken === 'schedule' && name === 'flaky' ? ALTERED : undefined;
      const entered = await enter(name, api, certificate, altered);
      opened.defer(() => entered.receiver.close());
      actors.set(name, entered);
      screen.line(`  ${name.padEnd(6)} ${entered.contract.padEnd(18)} ${dim(aboutActor(name))}`);
    }
    if (broken === 'receiver') actor(actors, 'tune').receiver.secret = 'not the secret';

    screen.heading('Their providers publish: every sample event of the four pages, and trouble');
    await publishAll(api);
    const watch = new Watch(api, screen, { timeScale: TIME_SCALE, signal });
    const ofDown = (type: string) =>
      watch.deliveries.find((one) => one.tenant === 'demo-down' && one.type === type);
    await watch.until(
      () => (ofDown('host.online')?.status === 'failed' ? null : 'host.online to use up its attempts'),
      40_000,
    );
    await waitForStatus(api, actor(actors, 'down'), 'failed');
    screen.line(`${screen.stamp()}  ${red('down')}: endpoint disabled by the engine after its last attempt`);

    await publish(api, 'demo-down', { type: 'host.offline', data: hostData });
    await watch.until(
      () => (ofDown('host.offline')?.status === 'held' ? null : 'host.offline to be held'),
      10_000,
    );

    screen.line(`${screen.stamp()}  ${green('down')}: mended and enabled again; what was held is released`);
    actor(actors, 'down').receiver.mood = () => null;
    await api.post(`/webhooks/${actor(actors, 'down').endpoint}/enable?tenant=demo-down`, {
      held: 'release',
    });
    // A receiver that takes nothing for genuine has made up its mind: its retries need not be waited for.
    await watch.until((all) => (hasRefused(actors) ? null : pendingOf(all)), 40_000);
    screen.end();

    const verdict = await checkAll({ api, watch, actors, timeScale: TIME_SCALE });
    report(screen, verdict);
    if (keep) await stayOpen(screen, engine, await pageAddresses(api, engine.doors, engine.rootKey, actors));
    return verdict.failures.length === 0;
  } finally {
    await opened.disposeAsync();
  }
}

const hostData = { host_id: 'h_abc123', hostname: 'server-01', platform: 'linux' };

function actor(actors: ReadonlyMap<ActorName, Actor>, name: ActorName): Actor {
  const found = actors.get(name);
  if (found === undefined) throw new Error(`no actor ${name}`);
  return found;
}

async function publishAll(api: Api): Promise<void> {
  const stageOf = { hyperspell: 'spell', hypertune: 'tune', hyperleap: 'leap', hyprwatch: 'watch' } as const;
  for (const { contract, id, type, occurredAt, data } of samples) {
    await publish(api, `demo-${stageOf[contract]}`, { id, type, occurred_at: occurredAt, data });
  }
  const commit = samples.find(({ type }) => type === 'NEW_COMMIT');
  await publish(api, 'demo-flaky', { type: 'NEW_COMMIT', data: commit?.data });
  await publish(api, 'demo-down', { type: 'host.online', data: hostData });
  await publish(api, 'demo-gone', { type: 'order.paid', data: { order: 1 } });
}

function publish(api: Api, tenant: string, event: object): Promise<unknown> {
  return api.post('/events', { tenant, ...event });
}

async function waitForStatus(api: Api, { endpoint, tenant }: Actor, status: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const webhook = await api.get<{ status: string }>(`/webhooks/${endpoint}?tenant=${tenant}`);
    if (webhook.status === status) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited 5 s for endpoint ${endpoint} to be ${status}`);
}

function hasRefused(actors: ReadonlyMap<ActorName, Actor>): boolean {
  return [...actors.values()].some(({ receiver }) => receiver.seen.some(({ verified }) => !verified));
}

async function stayOpen(
  screen: Screen,
  { doors, rootKey, hints }: DemoEngine,
  pages: Awaited<ReturnType<typeof pageAddresses>>,
): Promise<void> {
  const { admin, ingestion } = doors;
  screen.heading('The engine stays up, with all that happened in it');
  screen.line(
    '  Pages   open one; each signs in by itself, and test events and retries reach the demo’s receivers',
  );
  for (const { about, url } of pages) screen.line(`    ${about}\n      ${url}`);
  screen.line(`  API     ${admin}/api/v1`);
  if (ingestion !== admin) screen.line(`  Events  ${ingestion}/api/v1/events  ${dim('publishing')}`);
  screen.line(`  Key     ${rootKey}`);
  screen.line(`  Try     curl -H "Authorization: Bearer ${rootKey}" \\`);
  screen.line(`            "${admin}/api/v1/deliveries?limit=5"`);
  for (const hint of await hints()) screen.line(hint);
  screen.line(dim('  Ctrl-C stops it and removes its data.'));
  if (interrupted.signal.aborted) return;
  // A signal's listener does not keep the process alive by itself.
  const awake = setInterval(() => {}, 60_000);
  await once(interrupted.signal, 'abort');
  clearInterval(awake);
}

function pendingOf(all: readonly { readonly status: string; readonly type: string }[]): string | null {
  const open = all.filter(({ status }) => status === 'pending' || status === 'held');
  return open.length === 0
    ? null
    : `${open.length} deliveries to settle (${open.map(({ type }) => type).join(', ')})`;
}

async function alteredContracts(folder: string): Promise<string> {
  const path = join(folder, 'contracts');
  await mkdir(path);
  const text = await readFile('libs/contracts/data/hypertune.json', 'utf8');
  const altered = text.replace('"id": "hypertune"', `"id": "${ALTERED}"`).replace('"16s"', '"4s"');
  await writeFile(join(path, `${ALTERED}.json`), altered);
  return path;
}

function report(screen: Screen, { rows, failures, checks }: Verdict): void {
  screen.heading('What became of every delivery');
  screen.table(rows);
  screen.line('');
  for (const failure of failures) screen.line(`${red('✗')} ${failure}`);
  const took = `${screen.seconds.toFixed(1)} s`;
  if (failures.length === 0) screen.line(green(bold(`✓ all ${checks} expectations held`)) + dim(`  ${took}`));
  else screen.line(red(bold(`✗ ${failures.length} of ${checks} expectations failed`)) + dim(`  ${took}`));
  if (!keep)
    screen.line(
      dim(
        '  Look around in it: npm run demo -- --keep   On Kafka: npm run demo -- --kafka   Run it: npm start',
      ),
    );
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  if (interrupted.signal.aborted) process.exit(130);
  process.stderr.write(
    `\n${red('demo failed')}: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
}
