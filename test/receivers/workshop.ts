import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { samples } from './samples.ts';
import { applyUnifiedDiff } from './unified-diff.ts';

export const pages = join(import.meta.dirname, 'pages');
export const hosts = join(import.meta.dirname, 'hosts');

/** A new folder with every sample, patched, and the `express` that one of them imports. */
export function layOutSamples(): string {
  const folder = mkdtempSync(join(tmpdir(), 'receivers-'));
  for (const { file } of samples) {
    const page = readFileSync(join(pages, file), 'utf8');
    const patch = readFileSync(join(pages, `${file}.patch`), 'utf8');
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), applyUnifiedDiff(page, patch));
  }
  const express = join(folder, 'node_modules', 'express');
  mkdirSync(express, { recursive: true });
  copyFileSync(join(hosts, 'express.mjs'), join(express, 'index.mjs'));
  writeFileSync(join(express, 'package.json'), '{"name":"express","exports":"./index.mjs"}');
  return folder;
}
