import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createThrowAwayCa } from '../../../../libs/testkit/src/throw-away-ca.ts';
import { makeDataFolder } from '../../../support/data-folder.ts';
import { ChaosFacts } from '../judge/facts.ts';
import { judge, type Verdict } from '../judge/judge.ts';
import { Steadiness, type FaultSpan, type Recovery } from '../judge/steadiness.ts';
import { finalChoice } from '../plan/commands.ts';
import { describeFault, type Fault } from '../plan/faults.ts';
import type { Schedule } from '../plan/schedule.ts';
import { ChaosReceiver } from '../wire/chaos-receiver.ts';
import { SecretBook } from '../wire/secret-book.ts';
import { Api } from './api.ts';
import { checkRebuild } from './check-rebuild.ts';
import { Commander } from './commander.ts';
import { engineEnv } from './engine-env.ts';
import type { Installation, InstallationParts } from './installation.ts';
import { KafkaInstallation } from './kafka-installation.ts';
import { Publisher } from './publisher.ts';
import { askHistory, compareHistory } from './read-history.ts';
import { StandaloneInstallation } from './standalone-installation.ts';

export interface ChaosReport {
  readonly verdict: Verdict;
  readonly recoveries: readonly Recovery[];
  /** Publish to receive at healthy endpoints while nothing was wrong, ms. */
  readonly undisturbed: { readonly count: number; readonly p50: number; readonly p99: number };
  readonly answers: ReadonlyMap<string, number>;
  readonly requests: number;
  readonly repeated: number;
  readonly again: number;
  readonly settledMs: number;
  /** How long ago a secret was replaced that a request was signed with, at most. */
  readonly stalestMs: number;
  readonly mostMb: number;
}

const DAY_MS = 24 * 3_600_000;
const READS_EVERY_MS = 1_000;
const TELLS_EVERY_MS = 15_000;
const SETTLES_WITHIN_MS = 150_000;
const HISTORY_WITHIN_MS = 60_000;
/** P8: generous, for it is judged on whatever machine this runs on. A lane that hung would hold others up for 10 s. */
const SLOW_MS = 5_000;
const FEW = 100;

/**
 * One run: set up, faults while it is under load, calm, verdict. `say`: told what happens, for people. `signal`: ends it, and
 * all that it started.
 */
export async function runChaos(
  schedule: Schedule,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<ChaosReport> {
  await using opened = new AsyncDisposableStack();
  const { options, world } = schedule;
  const { seed, brokers } = options;
  const facts = new ChaosFacts();
  const secrets = new SecretBook();
  const steadiness = new Steadiness();
  let began = Date.now();
  const folder = await makeDataFolder('chaos-ca');
  opened.defer(() => folder.remove());
  const ca = await createThrowAwayCa();
  const caFile = join(folder.path, 'ca.pem');
  await writeFile(caFile, ca.ca);
  const receiver = new ChaosReceiver({
    seed,
    certificate: await ca.issue({ notAfter: new Date(Date.now() + DAY_MS) }),
    facts,
    secrets,
    onSteady: (path, event, at) => {
      const publishedAt = facts.events.get(event)?.startedAt;
      if (publishedAt !== undefined) steadiness.note(path, at - began, publishedAt - began);
    },
  });
  await receiver.open();
  opened.defer(() => receiver.close());
  const parts: InstallationParts = { facts, receiver, say, env: engineEnv(caFile) };
  const installation: Installation =
    brokers === undefined
      ? await StandaloneInstallation.open(parts)
      : await KafkaInstallation.open(brokers, parts);
  opened.defer(() => installation.close());
  const { reader } = installation;
  const api = new Api(installation, facts);
  const publisher = new Publisher(api, facts, seed, world);
  const commander = new Commander({
    api,
    facts,
    receiver,
    secrets,
    seed,
    world,
    published: () => publisher.begun,
    poison: (tenant) => installation.poison(tenant),
  });
  await commander.setUp();
  await reader.eventuallyReadOn();
  say('ready; the faults begin');

  began = Date.now();
  receiver.begin();
  let mostMb = 0;
  const reading = setInterval(() => {
    mostMb = Math.max(mostMb, process.memoryUsage.rss() / 2 ** 20);
    // While the log is away there is nothing to read.
    reader.readOn().catch(() => undefined);
  }, READS_EVERY_MS);
  opened.defer(() => clearInterval(reading));
  const spans: FaultSpan[] = [];
  const publishing = publisher.run();
  const commanding = commander.run(schedule.commands, began);
  const work = [publishing, commanding, applyFaults(installation, schedule.faults, { began, spans, say })];
  // The first that fails ends the others; all have ended before anything is cleared away.
  for (const one of work) one.catch(() => publisher.finish());
  await delay(Math.max(0, began + options.minutes * 60_000 - Date.now()), undefined, { signal });
  publisher.finish();
  await Promise.allSettled(work);
  await Promise.all(work);

  const calmAt = performance.now();
  say('the faults are over; what waits comes to its end');
  receiver.calm();
  await enableDisabled(api, facts, seed, reader);
  await untilSettled(facts, schedule, reader, { say, signal });
  const settledMs = performance.now() - calmAt;
  clearInterval(reading);
  await reader.idle();
  for (const what of await compareHistory(installation, facts, HISTORY_WITHIN_MS)) facts.complain('P5', what);
  for (const what of await askHistory(api, facts)) facts.complain('P5', what);
  const undisturbed = steadiness.undisturbed(spans);
  if (undisturbed.count > FEW && undisturbed.p99 > SLOW_MS) {
    facts.complain(
      'P8',
      `healthy endpoints waited ${undisturbed.p99.toFixed(0)} ms (p99) while nothing was wrong`,
    );
  }
  for (const what of await installation.stop()) facts.complain('exit', what);
  for (const what of await checkRebuild(installation)) facts.complain('P5', what);
  return {
    verdict: judge(facts, world),
    recoveries: steadiness.recoveries(spans),
    undisturbed,
    answers: api.counts,
    requests: receiver.requests,
    repeated: publisher.repeated,
    again: publisher.again,
    settledMs,
    stalestMs: receiver.stalestMs,
    mostMb: Math.max(mostMb, process.memoryUsage.rss() / 2 ** 20),
  };
}

/** Each fault at its time; two of one process never overlap, however long the first takes. */
async function applyFaults(
  installation: Installation,
  faults: readonly Fault[],
  run: { readonly began: number; readonly spans: FaultSpan[]; readonly say: (line: string) => void },
): Promise<void> {
  const { began, spans, say } = run;
  const busy = new Map<string, Promise<void>>();
  const since = (): number => Date.now() - began;
  for (const fault of faults) {
    await delay(Math.max(0, fault.at - since()));
    const of = subjectOf(fault);
    const before = busy.get(of) ?? Promise.resolve();
    const work = before.then(async () => {
      const from = since();
      const what = describeFault(fault);
      say(`+${(from / 1_000).toFixed(1).padStart(6)} s  ${what}`);
      const cost = await installation.apply(fault);
      spans.push({ what, from, to: since() });
      if (cost !== '') say(`${' '.repeat(10)} ${what}: ${cost}`);
    });
    busy.set(of, work);
    // Told of below; until then it must not end the process.
    work.catch(() => undefined);
  }
  await Promise.all(busy.values());
}

/** What two faults may not be done to at once. */
function subjectOf(fault: Fault): string {
  if ('broker' in fault) return 'brokers';
  if ('slot' in fault) return fault.slot;
  return fault.kind === 'database-away' ? 'database' : 'standalone-1';
}

/** R23 once more: endpoints that the engine disabled are enabled, most of them. */
async function enableDisabled(
  api: Api,
  facts: ChaosFacts,
  seed: number,
  reader: Installation['reader'],
): Promise<void> {
  await reader.eventuallyReadOn();
  for (const { id, tenant, now } of facts.endpoints.values()) {
    const held = finalChoice(seed, tenant, facts.pathOf(id));
    if (now?.status !== 'failed' || held === undefined) continue;
    await api.ask('POST', `/webhooks/${id}/enable?tenant=${tenant}`, { held });
  }
}

/** Resolves once nothing is wrong any more, or what still waits has had all the time it needs. */
async function untilSettled(
  facts: ChaosFacts,
  { world }: Schedule,
  reader: Installation['reader'],
  { say, signal }: { readonly say: (line: string) => void; readonly signal: AbortSignal },
): Promise<void> {
  const deadline = performance.now() + SETTLES_WITHIN_MS;
  for (let told = performance.now(); ;) {
    await reader.eventuallyReadOn();
    const { broken } = judge(facts, world);
    // What was seen on the way stays wrong.
    const open = broken.slice(facts.seen.length);
    if (open.length === 0 || performance.now() > deadline) return;
    if (performance.now() > told + TELLS_EVERY_MS) {
      told = performance.now();
      say(`still waiting for ${open.length}, the first: ${open[0]?.what}`);
    }
    await delay(READS_EVERY_MS, undefined, { signal });
  }
}
