#!/usr/bin/env node
/** `npm start` and `npm run rebuild`: the standalone engine on the pinned Node, signals passed on. */
import { spawn } from 'node:child_process';
import { prepare, root } from './prepare.mjs';

const node = prepare();
const child = spawn(
  node,
  ['--enable-source-maps', 'dist/apps/standalone/main.js', ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
