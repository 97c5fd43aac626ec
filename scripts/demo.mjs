#!/usr/bin/env node
/** `npm run demo`: installs and builds what is missing, then runs demo/main.ts on the pinned Node. */
import { spawnSync } from 'node:child_process';
import { prepare, root } from './prepare.mjs';

const node = prepare();
const { status } = spawnSync(
  node,
  ['--disable-warning=ExperimentalWarning', 'demo/main.ts', ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
process.exit(status ?? 1);
