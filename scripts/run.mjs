#!/usr/bin/env node
/** `npm start`, `npm run start:<app>`, `npm run rebuild`: a built app on the pinned Node, signals passed on. */
import { spawn } from 'node:child_process';
import { prepare, root, runtime } from './prepare.mjs';

const [app, ...args] = process.argv.slice(2);
const node = prepare();
const { nodeOptions, environment } = runtime();
const child = spawn(node, [...nodeOptions, `dist/apps/${app}/main.js`, ...args], {
  cwd: root,
  env: { ...environment, ...process.env },
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
