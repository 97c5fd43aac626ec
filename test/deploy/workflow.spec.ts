import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { settingNames } from '#platform';
import { root, text } from './facts.ts';
import { parseDockerfile } from './read-dockerfile.ts';
import {
  commandNameProblems,
  landingProblems,
  parseWorkflow,
  pinningProblems,
  type Names,
} from './workflow-checks.ts';

const file = text('.github/workflows/ci.yml');
const workflow = parseWorkflow(file);
const names: Names = {
  files: execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n'),
  services: ['kafka', 'postgres', 'ingestion', 'dispatcher', 'projector', 'admin', 'smoke'].filter((name) =>
    text('docker-compose.yml').includes(`\n  ${name}:\n`),
  ),
  settings: settingNames,
  projects: [...text('jest.config.mjs').matchAll(/project\('(\w+)'/g)].map(([, name = '']) => name),
  stages: parseDockerfile(text('Dockerfile')).map(({ name }) => name),
};
const changed = (from: string | RegExp, to: string) => {
  const other = file.replace(from, to);
  expect(other).not.toBe(file);
  return parseWorkflow(other);
};

describe('the workflow', () => {
  it('pins its actions, ends its jobs, and may only read', () => {
    expect(pinningProblems(workflow)).toEqual([]);
    expect(pinningProblems(changed('checkout@v5', 'checkout@main'))).toEqual([
      'actions/checkout@main: is not pinned',
    ]);
    expect(pinningProblems(changed(/ +timeout-minutes: 45\n/, ''))).toHaveLength(1);
    expect(pinningProblems(changed('contents: read', 'contents: write'))).toHaveLength(1);
  });

  it('names files, services, settings, suites and stages that are there', () => {
    expect(commandNameProblems(workflow, names)).toEqual([]);
    expect(commandNameProblems(changed('sh deploy/make-env', 'sh deploy/env'), names)).toEqual([
      'file deploy/env is not there',
    ]);
    expect(commandNameProblems(changed('stop ingestion', 'stop intake'), names)).toEqual([
      'service intake is not there',
    ]);
    expect(commandNameProblems(changed('--scale projector', '--scale tables'), names)).toEqual([
      'service tables is not there',
    ]);
    expect(commandNameProblems(changed('HYPERHOOK_ALLOW_HTTP', 'HYPERHOOK_HTTP'), names)).toHaveLength(1);
    expect(commandNameProblems(changed('selectProjects kafka', 'selectProjects broker'), names)).toHaveLength(
      1,
    );
    expect(commandNameProblems(changed('--target standalone', '--target single'), names)).toHaveLength(1);
    expect(commandNameProblems(changed('.nvmrc', '.node-version'), names)).toEqual([
      'file .node-version is not there',
    ]);
  });

  it('asks what landing asks', () => {
    expect(landingProblems(workflow, 17)).toEqual([]);
    expect(landingProblems(changed('.ci/run', 'npm test'), 17)).toEqual(['no job runs .ci/run']);
    expect(landingProblems(workflow, 21)).toEqual(['brokers need Java 21']);
  });
});
