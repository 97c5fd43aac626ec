#!/usr/bin/env node
/** `npm run kafka`: a real Kafka on 127.0.0.1 for as long as this runs, on the pinned Node, signals passed on. */
import { spawn } from 'node:child_process';
import { install, root } from './prepare.mjs';

const child = spawn(
  install(),
  ['--disable-warning=ExperimentalWarning', `${root}/scripts/kafka/main.ts`, ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
