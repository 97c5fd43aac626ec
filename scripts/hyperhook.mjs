#!/usr/bin/env node
/** `npx hyperhook`, `npm run --silent cli --`: the command line on the pinned Node, where it was called. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { prepare, root } from './prepare.mjs';

const child = spawn(prepare(), [join(root, 'dist/apps/cli/main.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
// A terminal sends Ctrl-C to both; what runs below ends by it, and says how.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
