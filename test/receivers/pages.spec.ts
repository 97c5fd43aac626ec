import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { samples } from './samples.ts';
import { pages } from './workshop.ts';

const page = (file: string) => readFileSync(join(pages, file), 'utf8');

describe('the sample code', () => {
  it.each(samples.map((sample) => [sample.file, sample.provider] as const))(
    '%s stands on its page, word for word',
    (file, provider) => {
      expect(page(`seeds/${provider}.txt`)).toContain(page(file).trimEnd());
    },
  );

  it.each(['hypertune/webhook.mjs', 'hyperleap/verify.cjs', 'hyperleap/verify.py', 'hyprwatch/verify.cjs'])(
    '%s runs as it is: its patch is empty',
    (file) => {
      expect(page(`${file}.patch`)).toBe('');
    },
  );

  it('HW-17: the Python of Hyprwatch has lost its indentation and needs nothing else', () => {
    const lines = (sign: string) =>
      page('hyprwatch/verify.py.patch')
        .split('\n')
        .filter((line) => line.startsWith(sign) && !line.startsWith(sign.repeat(3)))
        .map((line) => line.slice(1).trim());
    expect(lines('+')).toEqual(lines('-'));
  });
});
