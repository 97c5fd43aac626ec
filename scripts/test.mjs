#!/usr/bin/env node
/**
 * `npm test`: builds what the whole-system tests start, runs every suite, and closes with one line
 * `N passed, N failed`. Arguments go to jest (`npm test -- libs/log`, `npm test -- --selectProjects unit`).
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install, root } from './prepare.mjs';

const node = install();
const run = (command, args) => spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status ?? 1;

const args = process.argv.slice(2);
const needsBuild = args.length === 0 || args.some((arg) => /e2e|test\//.test(arg));
if (needsBuild && run('npm', ['run', '--silent', 'build']) !== 0) process.exit(1);

const folder = mkdtempSync(join(tmpdir(), 'hyperhook-test-'));
const report = join(folder, 'report.json');
const status = run(node, [
  '--experimental-vm-modules',
  '--no-warnings',
  'node_modules/jest/bin/jest.js',
  '--json',
  `--outputFile=${report}`,
  ...args,
]);
try {
  const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
  // A suite that cannot even load has no failed test of its own; it must not read as success.
  const failed = Math.max(numFailedTests, numFailedTestSuites);
  console.log(`\n${numPassedTests} passed, ${failed} failed`);
  process.exitCode = status !== 0 || failed > 0 ? 1 : 0;
} catch {
  console.log('\n0 passed, 1 failed');
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
