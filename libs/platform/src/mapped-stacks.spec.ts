import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const here = new URL('./mapped-stacks.ts', import.meta.url).href;

describe('stacks of a bundle', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hyperhook-stacks-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** A bundle of three lines; its map has the throw of the third at 41:7 of a source. What it says on stderr. */
  const run = (map: object | undefined, after = ''): string => {
    const bundle = join(folder, 'main.mjs');
    writeFileSync(
      bundle,
      `import { mapStacks } from '${here}'; import { fileURLToPath } from 'node:url'; mapStacks(fileURLToPath(import.meta.url));
class Refusal extends Error { name = 'Refusal'; }
function deliver() { throw new Refusal('no room'); }
try { deliver(); } catch (error) { console.error(error.stack); }
${after}`,
    );
    if (map !== undefined) writeFileSync(`${bundle}.map`, JSON.stringify(map));
    const said = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', bundle], {
      encoding: 'utf8',
    });
    return said.stderr;
  };

  const map = {
    version: 3,
    file: 'main.mjs',
    names: [],
    sources: ['webpack://hyperhook/./libs/room/src/deliver.ts'],
    // Line 3, column 21 (the throw): source 0, line 41, column 7.
    mappings: ';;qBAwCM',
  };

  it('name the source and its line, and keep what the error says', () => {
    const said = run(map);
    expect(said).toContain('Refusal: no room\n');
    expect(said).toContain('at deliver (libs/room/src/deliver.ts:41:7)');
    expect(said).not.toContain('main.mjs:3:');
  });

  it('leave what the map does not know as it is, and everything where there is no map', () => {
    expect(run({ ...map, mappings: '' })).toMatch(/at deliver \(file:.*main\.mjs:3:\d+\)/);
    expect(run(undefined)).toMatch(/at deliver \(file:.*main\.mjs:3:\d+\)/);
  });

  it('tell it of an error that nobody has caught as well', () => {
    const uncaught = run(map, 'deliver();').split('\n').slice(4).join('\n');
    expect(uncaught).toMatch(/Refusal: no room\n {4}at deliver \(libs\/room\/src\/deliver\.ts:41:7\)/);
  });
});
