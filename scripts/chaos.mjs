#!/usr/bin/env node
/** `npm run chaos`: builds what is older than its sources, then runs test/resilience/chaos on the pinned Node. */
import { spawn } from 'node:child_process';
import { prepare, root } from './prepare.mjs';

const node = prepare();
const args = [
  '--disable-warning=ExperimentalWarning',
  'test/resilience/chaos/main.ts',
  ...process.argv.slice(2),
];
const child = spawn(node, args, { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
