import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** HYPERHOOK_TEST_SEED=<seed printed> runs the same again. */
const seed = process.env['HYPERHOOK_TEST_SEED'] ?? String(Date.now() % 1_000_000);
/** With the start of three brokers, and what comes after the faults, two minutes in all or little more. */
const MINUTES = '1.25';

describe('npm run chaos', () => {
  it(`breaks no promise on three brokers (seed ${seed})`, async () => {
    const args = ['--minutes', MINUTES, '--seed', seed, '--kafka', '--brokers', '3'];
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', 'test/resilience/chaos/main.ts', ...args],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    }
    const [code] = (await once(child, 'close')) as [number | null];
    process.stdout.write(said);
    const last = said.trimEnd().split('\n').at(-1) ?? '';
    const [, accepted, delivered, lost, duplicated, bound] =
      /^accepted (\d+), delivered (\d+), lost (\d+), duplicated (\d+), bound (\d+)$/.exec(last) ?? [];
    const broken = /^BROKEN [^]*?^to run/m.exec(said)?.[0] ?? '';
    expect(`exit ${code}, lost ${lost}\n${broken}`).toBe('exit 0, lost 0\n');
    // It was about something.
    expect(Number(accepted)).toBeGreaterThan(50);
    expect(Number(delivered)).toBeGreaterThan(Number(accepted));
    expect(Number(duplicated)).toBeLessThanOrEqual(Number(bound));
  }, 900_000);
});
