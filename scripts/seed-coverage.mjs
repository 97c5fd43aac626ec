#!/usr/bin/env node
/**
 * Which numbered statements of the providers' pages (HS-, HT-, HL-, HW-) no test names. A test keeps a number by
 * having it in its name: `it('HW-12: …')`. Prints the uncovered ones and a count; `--strict` fails for them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const pages = { HS: 12, HT: 12, HL: 21, HW: 17 };
const folders = ['libs', 'apps', 'test'];

const specs = folders.flatMap((folder) => {
  try {
    return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.spec\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => !file.includes('node_modules'));
  } catch {
    return []; // A folder that is not there yet covers nothing.
  }
});

/** Names of tests only: a number in a comment keeps nothing. */
function numbersIn(text) {
  const names = [
    ...text.matchAll(/\b(?:it|test|describe)(?:\.each\b)?[^;]*?\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/gs),
  ];
  // Tables of it.each hold numbers as values of their own: ['HL-21', …].
  const values = text.matchAll(/['"`]((?:HS|HT|HL|HW)-\d+)['"`]/g);
  return [...names.map((match) => match[2]), ...[...values].map((match) => match[1])].flatMap(
    (name) => name.match(/\b(?:HS|HT|HL|HW)-\d+\b/g) ?? [],
  );
}

const covered = new Set(specs.flatMap((file) => numbersIn(readFileSync(file, 'utf8'))));
const all = Object.entries(pages).flatMap(([page, count]) =>
  Array.from({ length: count }, (_, index) => `${page}-${index + 1}`),
);
const missing = all.filter((number) => !covered.has(number));

for (const number of missing) console.log(number);
console.log(`${all.length - missing.length} of ${all.length} statements of the pages are named by a test`);
if (process.argv.includes('--strict') && missing.length > 0) process.exitCode = 1;
