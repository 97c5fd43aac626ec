import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  buildProblems,
  exposureProblems,
  imageVersionProblems,
  scaleProblems,
  wiringProblems,
} from './compose-checks.ts';
import { builtApps, longestAttemptMs, probePaths, schemas, text, versions } from './facts.ts';
import { parseCompose } from './read-compose.ts';
import { parseDockerfile } from './read-dockerfile.ts';
import { composeWorkloads, userOf } from './workload.ts';
import {
  commandProblems,
  copyProblems,
  graceProblems,
  hardeningProblems,
  likenessProblems,
  portProblems,
  probeProblems,
  settingProblems,
} from './workload-checks.ts';

const file = text('docker-compose.yml');
const stages = parseDockerfile(text('Dockerfile'));
const apps = Object.keys(schemas);
const secrets = {
  HYPERHOOK_ROOT_KEY: `hh_root_${randomBytes(24).toString('hex')}`,
  HYPERHOOK_SECRET_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  POSTGRES_PASSWORD: randomBytes(24).toString('hex'),
};
const compose = parseCompose(file, secrets);
const workloads = composeWorkloads(compose, stages, apps);

const changedFile = (from: string | RegExp, to: string) => {
  const other = file.replace(from, to);
  expect(other).not.toBe(file);
  return parseCompose(other, secrets);
};
const changed = (from: string | RegExp, to: string) => composeWorkloads(changedFile(from, to), stages, apps);
const settings = (all: typeof workloads) => all.flatMap((one) => settingProblems(one, schemas));

describe('docker-compose.yml', () => {
  it('gives each process what it reads, and a configuration that it starts with', () => {
    expect(settings(workloads)).toEqual([]);
    expect(
      settings(changed('environment:\n      <<: *shared\n', 'environment:\n      <<: [*shared, *history]\n')),
    ).toEqual(['ingestion: HYPERHOOK_DATABASE_URL is not read by it']);
    expect(settings(changed('HYPERHOOK_KAFKA_BROKERS', 'HYPERHOOK_BROKERS')).join()).toMatch(
      'HYPERHOOK_KAFKA_BROKERS: is missing',
    );
    expect(settings(changed('kafka:9092\n', 'kafka\n')).join()).toMatch('"kafka" is no address');
    expect(settings(changed(/HYPERHOOK_ROOT_KEY: .*/, '')).join()).toBe(
      'admin: the first start needs a root key',
    );
    expect(settings(changed(/HYPERHOOK_SECRET_KEYS: .*/, 'HYPERHOOK_SECRET_KEYS: k1:short'))).toHaveLength(2);
  });

  it.each(Object.keys(secrets))('says what to do where %s is missing', (name) => {
    expect(() => parseCompose(file, { ...secrets, [name]: '' })).toThrow(
      new RegExp(`required variable ${name} is missing a value: run sh deploy/make-env`),
    );
  });

  it('looks for each process where it listens', () => {
    const problems = (all: typeof workloads) => all.flatMap((one) => portProblems(one, schemas));
    expect(problems(workloads)).toEqual([]);
    expect(problems(changed('${ADMIN_PORT:-8080}:8080', '8080:8081'))).toEqual([
      'admin: expected at 8081, but listens at 8080 and 9090',
    ]);
    const loopback = parseDockerfile(
      text('Dockerfile').replace('HYPERHOOK_HOST=0.0.0.0', 'HYPERHOOK_HOST=127.0.0.1'),
    );
    expect(problems(composeWorkloads(compose, loopback, apps))).toHaveLength(4);
  });

  it('runs what a build makes, each its own', () => {
    const problems = (all: typeof workloads) => all.flatMap((one) => commandProblems(one, builtApps));
    expect(problems(workloads)).toEqual([]);
    expect(problems(changed('dist/apps/projector/main.js', 'dist/apps/admin/main.js'))).toHaveLength(1);
    expect(commandProblems(workloads[0]!, ['admin'])).toEqual(['ingestion: no build makes it']);
    expect(buildProblems(compose, apps)).toEqual([]);
    expect(buildProblems(changedFile('target: engine', 'target: standalone'), apps)).toHaveLength(4);
  });

  it('asks at paths that answer', () => {
    const problems = (all: typeof workloads) => all.flatMap((one) => probeProblems(one, probePaths));
    expect(problems(workloads)).toEqual([]);
    expect(problems(changed('/readyz', '/healthz'))).toContain('admin: nothing answers at /healthz');
  });

  it('kills no process that may still drain, and drains longer than an attempt lasts', () => {
    const problems = (all: typeof workloads) =>
      all.flatMap((one) => graceProblems(one, schemas, longestAttemptMs));
    expect(longestAttemptMs).toBe(30_000);
    expect(problems(workloads)).toEqual([]);
    expect(problems(changed('stop_grace_period: 50s', 'stop_grace_period: 40s'))).toHaveLength(4);
    expect(problems(changed('HYPERHOOK_DRAIN_WITHIN: 40s', 'HYPERHOOK_DRAIN_WITHIN: 30s'))).toHaveLength(4);
  });

  it('has processes that agree about the installation', () => {
    expect(likenessProblems(workloads, schemas)).toEqual([]);
    expect(
      likenessProblems(
        changed('HYPERHOOK_ALLOW_HTTP', "HYPERHOOK_PARTITIONS: '9'\n      HYPERHOOK_ALLOW_HTTP"),
        schemas,
      ),
    ).toEqual(['partitions differs: 8, 8, 8, 9']);
  });

  it('runs processes as nobody in particular, who can write nowhere', () => {
    const user = userOf(stages, 'engine');
    const problems = (all: typeof workloads) => all.flatMap((one) => hardeningProblems(one, user));
    expect(problems(workloads)).toEqual([]);
    expect(problems(changed('read_only: true', 'read_only: false'))).toHaveLength(4);
    expect(problems(changed(/cap_drop: .*/, ''))).toHaveLength(4);
    expect(hardeningProblems({ ...workloads[0]!, uid: '0:0' }, user)).toHaveLength(2);
  });

  it('lets dispatchers and projectors be many', () => {
    expect(scaleProblems(compose, ['dispatcher', 'projector'])).toEqual([]);
    expect(scaleProblems(compose, ['admin'])).toEqual(['admin: has a fixed port']);
    expect(
      scaleProblems(changedFile('  dispatcher:\n', '  dispatcher:\n    container_name: one\n'), [
        'dispatcher',
      ]),
    ).toHaveLength(1);
    expect(copyProblems({ ...workloads[1]!, copies: 9 }, schemas)).toEqual([
      'dispatcher: 9 copies for 8 partitions',
    ]);
  });

  it('runs the brokers and the database that tests run against', () => {
    expect(imageVersionProblems(compose, versions)).toEqual([]);
    expect(imageVersionProblems(compose, { kafka: '4.4.0', postgres: '19.0' })).toHaveLength(2);
  });

  it('waits for what can say that it is well, keeps data, and shows nothing to other machines', () => {
    expect(wiringProblems(compose)).toEqual([]);
    expect(exposureProblems(compose)).toEqual([]);
    expect(wiringProblems(changedFile('service_healthy', 'service_started'))).toHaveLength(1);
    expect(wiringProblems(changedFile('volumes:\n  kafka-data:', 'volumes:\n  kafka:'))).toEqual([
      'kafka: volume kafka-data is not declared',
    ]);
    expect(exposureProblems(changedFile('127.0.0.1:29092:', '29092:'))).toEqual([
      'kafka: publishes 29092:29092',
    ]);
    expect(exposureProblems(changedFile('restart: unless-stopped', "restart: 'no'"))).toHaveLength(4);
  });
});
