/**
 * `node bench/profile.ts <file or folder>… [--by module] [--top 25]`: what `npm run bench -- --cpu-prof <folder>` or
 * `--heap-prof <folder>` wrote, as a table of self time or of bytes allocated.
 */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cpuShares, heapShares, type Grouping, type Shares } from './profiling/self-shares.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { by: { type: 'string', default: 'function' }, top: { type: 'string', default: '25' } },
});
if (positionals.length === 0 || !['function', 'module'].includes(values.by)) {
  process.stderr.write('node bench/profile.ts <file or folder>… [--by function|module] [--top 25]\n');
  process.exit(2);
}

const filesIn = (path: string): readonly string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => /\.(cpu|heap)profile$/.test(name))
        .map((name) => join(path, name))
    : [path];

function sharesOf(file: string): Shares {
  const profile: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const by = values.by as Grouping;
  return file.endsWith('.heapprofile') ? heapShares(profile as never, by) : cpuShares(profile as never, by);
}

for (const file of positionals.flatMap(filesIn)) {
  const { unit, total, shares } = sharesOf(file);
  process.stdout.write(`\n${file}: ${Math.round(total)} ${unit}\n`);
  for (const { place, amount } of shares.slice(0, Number(values.top))) {
    const share = ((100 * amount) / total).toFixed(1).padStart(5);
    process.stdout.write(`${share} % ${Math.round(amount).toString().padStart(8)} ${unit}  ${place}\n`);
  }
}
