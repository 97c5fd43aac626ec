import { parseSecretKeys } from '#control';
import { loadConfig, settingNames, type ConfigSchema } from '#platform';
import { kafkaOptionsOf } from '#service';
import type { AdminConfig } from '../../apps/admin/src/admin.config.ts';
import type { Workload } from './workload.ts';

type Schemas = Readonly<Record<string, ConfigSchema>>;
/** What is wrong, in words; empty: nothing. */
export type Problems = readonly string[];

/** Some settings belong to one kind of process only. */
type Loaded = Partial<AdminConfig>;

const ours = ({ env }: Workload): [string, string][] =>
  Object.entries(env).filter(([name]) => name.startsWith('HYPERHOOK_'));

const load = (workload: Workload, schemas: Schemas): Loaded =>
  loadConfig(schemas[workload.app] ?? {}, { env: Object.fromEntries(ours(workload)), known: settingNames });

const attempted = (app: string, act: () => unknown): string[] => {
  try {
    act();
    return [];
  } catch (error) {
    return [`${app}: ${(error as Error).message}`];
  }
};

/** Each variable is read by the process that is given it, and the process would start with what it is given. */
export function settingProblems(workload: Workload, schemas: Schemas): Problems {
  const { app } = workload;
  const schema = schemas[app];
  if (schema === undefined) return [`${app}: there is no such process`];
  const read = Object.values(schema).map(({ env }) => env);
  const unread = ours(workload).flatMap(([name]) =>
    read.includes(name) ? [] : [`${app}: ${name} is not read by it`],
  );
  const unusable = attempted(app, () => {
    const config = load(workload, schemas);
    kafkaOptionsOf(config as AdminConfig, app);
    if ('secretKeys' in config) parseSecretKeys(config.secretKeys ?? '');
    if ('rootKey' in config && config.rootKey === null) throw new Error('the first start needs a root key');
  });
  return [...unread, ...unusable];
}

/** It listens where others look for it, and not only for itself. */
export function portProblems(workload: Workload, schemas: Schemas): Problems {
  const { port, grpcPort, host = '' } = load(workload, schemas);
  const wrong = workload.ports.filter((one) => one !== port && one !== grpcPort);
  const listens = [port, grpcPort].filter(Boolean).join(' and ');
  return [
    ...wrong.map((one) => `${workload.app}: expected at ${one}, but listens at ${listens}`),
    ...(host.startsWith('127.') || host === 'localhost' ? [`${workload.app}: listens on ${host} only`] : []),
  ];
}

export function commandProblems({ app, args }: Workload, builtApps: readonly string[]): Problems {
  const wanted = `dist/apps/${app}/main.js`;
  return [
    ...(builtApps.includes(app) ? [] : [`${app}: no build makes it`]),
    ...(args.join(' ') === wanted ? [] : [`${app}: runs ${args.join(' ')} instead of ${wanted}`]),
  ];
}

export function probeProblems({ app, probes }: Workload, paths: readonly string[]): Problems {
  const unknown = probes.filter((path) => !paths.includes(path));
  return [
    ...unknown.map((path) => `${app}: nothing answers at ${path}`),
    ...(probes.includes('/readyz') ? [] : [`${app}: nobody asks whether it is ready`]),
  ];
}

/** Longest attempt < drain < SIGKILL: else a stop cuts an attempt, and it is made again. */
export function graceProblems(workload: Workload, schemas: Schemas, longestAttemptMs: number): Problems {
  const { drainWithin = 0 } = load(workload, schemas);
  const { app, graceSeconds } = workload;
  return [
    ...(drainWithin > longestAttemptMs
      ? []
      : [`${app}: drains for ${drainWithin} ms, an attempt may take ${longestAttemptMs} ms`]),
    ...(graceSeconds * 1_000 > drainWithin
      ? []
      : [`${app}: is killed after ${graceSeconds} s, but may drain for ${drainWithin} ms`]),
  ];
}

export function copyProblems(workload: Workload, schemas: Schemas): Problems {
  const { partitions = 0 } = load(workload, schemas);
  return workload.app === 'dispatcher' && workload.copies > partitions
    ? [`dispatcher: ${workload.copies} copies for ${partitions} partitions`]
    : [];
}

export function hardeningProblems({ app, uid, isReadOnly, dropped }: Workload, imageUser: string): Problems {
  return [
    ...(uid === imageUser ? [] : [`${app}: runs as ${uid}, the image's folders are made for ${imageUser}`]),
    ...(/^(0|root)\b/.test(uid) ? [`${app}: runs as root`] : []),
    ...(isReadOnly ? [] : [`${app}: its root file system can be written`]),
    ...(dropped.includes('ALL') ? [] : [`${app}: keeps capabilities`]),
  ];
}

const alike = [
  'kafkaBrokers',
  'kafkaPrefix',
  'partitions',
  'timeScale',
  'contractsDir',
  'drainWithin',
  'secretKeys',
  'egressAllow',
  'egressDeny',
  'egressHosts',
  'databaseUrl',
] as const;

/** Processes of one installation that mean different installations refuse to start, or worse, do not. */
export function likenessProblems(workloads: readonly Workload[], schemas: Schemas): Problems {
  return alike.flatMap((key) => {
    const said = workloads.flatMap((workload) => {
      const config = load(workload, schemas);
      return key in config ? [JSON.stringify(config[key])] : [];
    });
    return new Set(said).size <= 1 ? [] : [`${key} differs: ${said.join(', ')}`];
  });
}
