/**
 * `node bench/report.ts <results.json>… [--write]`: tables of what the benchmarks kept. Several files are one run, and cases
 * that were run again later. With `--write` they go into docs/benchmarks.md, and a chart stands beside the first.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { chartOf } from './report/chart.ts';
import { goalsTable } from './report/goals.ts';
import { replaceBetweenMarks } from './report/markdown.ts';
import { casesTable, figuresTable, machineLine, peersTable, rolesTable } from './report/tables.ts';
import type { ResultFile } from './report/result-file.ts';
import { withLater } from './report/with-later.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false } },
});
if (positionals.length === 0) {
  process.stderr.write('node bench/report.ts <results.json>… [--write]\n');
  process.exit(2);
}
const page = new URL('../docs/benchmarks.md', import.meta.url);

const [file = ''] = positionals;
const result = withLater(positionals.map((one) => JSON.parse(readFileSync(one, 'utf8')) as ResultFile));
const chart = file.replace(/\.json$/, '.svg');
const parts = [
  machineLine(result),
  ...(result.target === 'kafka' ? [goalsTable(result)] : []),
  casesTable(result),
  ...(values.write
    ? [`![Deliveries a second and CPU per delivery](../bench/results/${basename(chart)})`]
    : []),
  rolesTable(result),
  figuresTable(result),
  peersTable(result),
];
const text = parts.join('\n\n');
if (values.write) {
  writeFileSync(chart, chartOf(result));
  writeFileSync(page, replaceBetweenMarks(readFileSync(page, 'utf8'), result.target, text));
  process.stdout.write(`wrote ${chart} and docs/benchmarks.md\n`);
} else process.stdout.write(`${text}\n`);
