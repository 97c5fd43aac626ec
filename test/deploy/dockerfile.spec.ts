import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import {
  imageProblems,
  modulesProblems,
  nodeProblems,
  sourceProblems,
  stageProblems,
} from './dockerfile-checks.ts';
import { builtApps, root, schemas, text, versions } from './facts.ts';
import { isIgnoredByDocker } from './ignored-by-docker.ts';
import { parseDockerfile } from './read-dockerfile.ts';

const dockerfile = text('Dockerfile');
const ignoreFile = text('.dockerignore');
const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n');
const stages = parseDockerfile(dockerfile);
const changed = (from: string | RegExp, to: string) => {
  const other = dockerfile.replace(from, to);
  expect(other).not.toBe(dockerfile);
  return parseDockerfile(other);
};

describe('the Dockerfile', () => {
  it('copies what the repository has and the build may see', () => {
    expect(sourceProblems(stages, files, ignoreFile)).toEqual([]);
    expect(sourceProblems(changed('COPY libs libs', 'COPY lib lib'), files, ignoreFile)).toEqual([
      'COPY lib: the repository has no such file',
    ]);
    expect(sourceProblems(stages, files, ignoreFile.replace('!tsconfig.json\n', ''))).toEqual([
      'COPY tsconfig.json: .dockerignore keeps it out',
    ]);
  });

  it('lets no secret, no checkout and no test into the build', () => {
    const out = ['.env', '.git/config', '.hyperhook/keys', 'node_modules/pg/package.json', 'dist/x.js'];
    const tests = [
      'libs/log/src/core/window.spec.ts',
      'libs/testkit/src/index.ts',
      'apps/x/node_modules/y/z.js',
    ];
    const into = [
      'package.json',
      'apps/admin/src/main.ts',
      'libs/contracts/data/hypertune.json',
      'deploy/probe.mjs',
    ];
    const isIn = (path: string) => !isIgnoredByDocker(ignoreFile, path);
    expect([...out, ...tests, ...into].filter(isIn)).toEqual(into);
  });

  it('takes from stages above, and bundles that a build makes', () => {
    expect(stageProblems(stages, builtApps)).toEqual([]);
    expect(stageProblems(changed('--from=engine-modules', '--from=engine'), builtApps)).toEqual([
      'engine: no stage engine above it',
    ]);
    expect(
      stageProblems(stages, ['standalone', 'dashboard', 'ingestion', 'dispatcher', 'projector', 'cli']),
    ).toEqual(['engine: no build makes admin']);
  });

  it('gives images in which the code finds all that it looks for', () => {
    const apps = [...Object.keys(schemas), 'dashboard'];
    expect(imageProblems(stages, 'engine', [...apps, 'cli'])).toEqual([]);
    expect(imageProblems(stages, 'standalone', ['standalone', 'dashboard', 'cli'])).toEqual([]);
    expect(imageProblems(changed(/COPY libs\/contracts.*/, ''), 'engine', apps)).toEqual([
      'engine: lacks libs/contracts/data',
    ]);
    expect(imageProblems(changed(/COPY package.json LICENSE .*/, ''), 'engine', apps)).toEqual([
      'engine: lacks package.json',
    ]);
    expect(imageProblems(changed(/ENTRYPOINT.*/, 'ENTRYPOINT node'), 'engine', apps)).toEqual([
      'engine: ENTRYPOINT is not Node itself with the options of runtime.json',
    ]);
    expect(
      imageProblems(changed('ENV MALLOC_ARENA_MAX=1', 'ENV MALLOC_ARENA_MAX=8'), 'engine', apps),
    ).toEqual(['engine: ENV MALLOC_ARENA_MAX is not what runtime.json says']);
    expect(
      imageProblems(
        changed(/USER 10001:10001\nCMD \["dist\/apps\/i/, 'USER node\nCMD ["dist/apps/i'),
        'engine',
        apps,
      ),
    ).toEqual(['engine: USER node is not numbers above 0']);
    expect(
      imageProblems(changed('CMD ["dist/apps/ingestion', 'CMD ["dist/apps/ingest'), 'engine', apps),
    ).toEqual(['engine: CMD runs no app']);
    expect(
      imageProblems(changed('"deploy/probe.mjs", "/livez"', '"probe.mjs", "/livez"'), 'engine', apps),
    ).toEqual(['engine: lacks probe.mjs']);
  });

  it('runs the Node that tests run on, without packages of development', () => {
    expect(nodeProblems(stages, versions)).toEqual([]);
    expect(modulesProblems(stages)).toEqual([]);
    expect(nodeProblems(changed('FROM node:24', 'FROM node:22'), versions)).toHaveLength(1);
    expect(nodeProblems(stages, { ...versions, nvmrc: '22' })).toHaveLength(1);
    expect(modulesProblems(changed('--omit=dev --omit=optional', ''))).toEqual([
      'engine-modules: installs what only development needs',
    ]);
  });
});
