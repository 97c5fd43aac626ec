#!/usr/bin/env node
/** `npm run demo`: installs and builds what is missing, then runs demo/main.ts on the pinned Node. */
import { spawn } from 'node:child_process';
import { prepare, root } from './prepare.mjs';

const node = prepare();
const child = spawn(
  node,
  ['--disable-warning=ExperimentalWarning', 'demo/main.ts', ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
// A terminal sends Ctrl-C to both; the demo needs a moment to stop its engine, and says how it ended.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code) => process.exit(code ?? 1));
