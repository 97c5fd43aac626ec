import { describe, expect, it } from '@jest/globals';
import { UsageError } from '../usage-error.ts';
import { readImportFile } from './import-file.ts';
import { dryRunPages, importPages } from './import-pages.ts';

const tenant = '{"kind":"tenant","id":"t_1","name":"T"}';
const webhook = (n: number) =>
  `{"kind":"webhook","id":"wh_${n}","tenant":"t_1","url":"https://example.com/"}`;
const read = (...lines: readonly string[]) => readImportFile(lines.join('\n'), 'f.jsonl');

describe('an import file', () => {
  it('keeps each line as it is written, with its number', () => {
    const lines = read(tenant, '', `${webhook(1)}\r`, '');
    expect(lines.map(({ number, id }) => [number, id])).toEqual([
      [1, 't_1'],
      [3, 'wh_1'],
    ]);
    expect(lines[0]!.text).toBe(tenant);
  });

  it.each([
    [[tenant, '{"kind":'], /f\.jsonl: line 2 is not JSON/],
    [['[]'], /line 1 is no JSON object/],
    [['', ' '], /holds no lines/],
    [
      [tenant, '{"kind":"end","tenants":1,"keys":0,"webhooks":2}'],
      /holds 0 webhooks, and says itself that there were 2/,
    ],
  ])('%# is refused before anything is sent', (lines, why) => {
    expect(() => read(...lines)).toThrow(UsageError);
    expect(() => read(...lines)).toThrow(why);
  });

  it('takes the line with which an export ends', () => {
    expect(read(tenant, webhook(1), '{"kind":"end","tenants":1,"keys":0,"webhooks":1}')).toHaveLength(2);
  });
});

describe('pages', () => {
  const lines = read(tenant, ...Array.from({ length: 1_200 }, (_, n) => webhook(n)));

  it('hold all lines in their order, 500 at most', () => {
    const pages = [...importPages(lines)];
    expect(pages.map((page) => page.lines.length)).toEqual([500, 500, 201]);
    expect(pages.flatMap((page) => page.lines)).toEqual(lines);
  });

  it('are smaller where lines are long, and never empty', () => {
    const long = read(...Array.from({ length: 3 }, (_, n) => `{"id":"${n}","x":"${'x'.repeat(400_000)}"}`));
    expect([...importPages(long)].map((page) => page.lines.length)).toEqual([1, 1, 1]);
  });

  it('of a dry run bring the tenants along that they speak of, once', () => {
    const pages = [...dryRunPages(lines)];
    expect(pages.map(({ before }) => before.map(({ id }) => id))).toEqual([[], ['t_1'], ['t_1']]);
  });
});
