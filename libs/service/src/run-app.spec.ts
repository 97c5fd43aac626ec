import { describe, expect, it } from '@jest/globals';
import { LogError } from '#log';
import { defineConfig, processSettings } from '#platform';
import { runApp } from './run-app.ts';

const schema = defineConfig({
  ...processSettings,
  password: {
    env: 'HYPERHOOK_KAFKA_PASSWORD',
    kind: 'string',
    default: null,
    secret: true,
    description: 'p',
  },
});

async function run(
  env: Record<string, string>,
  commands: Record<string, () => Promise<void>>,
  argv: string[] = [],
) {
  let said = '';
  const codes: number[] = [];
  await runApp(
    { name: 'tried', schema, commands },
    {
      argv: ['node', 'main.js', ...argv],
      env,
      stderr: { write: (text) => (said += text) },
      exit: (code) => codes.push(code),
    },
  );
  return { said, codes };
}

describe('a process', () => {
  it('runs its first command, and logs its configuration without secrets', async () => {
    const ran: string[] = [];
    const { said, codes } = await run(
      { HYPERHOOK_KAFKA_PASSWORD: 'hunter2-hunter2' },
      { serve: async () => void ran.push('serve'), rebuild: async () => void ran.push('rebuild') },
    );
    expect(ran).toEqual(['serve']);
    expect(codes).toEqual([]);
    expect(said).toContain('"password":"(hidden)"');
    expect(said).not.toContain('hunter2');
  });

  it('runs the command that it is told', async () => {
    const ran: string[] = [];
    await run({}, { serve: async () => {}, rebuild: async () => void ran.push('rebuild') }, ['rebuild']);
    expect(ran).toEqual(['rebuild']);
  });

  it.each([
    ['a setting that nobody reads', { HYPERHOOK_PASWORD: 'x' }, [], 'HYPERHOOK_PASWORD: no such setting'],
    ['a wrong value', { HYPERHOOK_LOG_LEVEL: 'loud' }, [], 'HYPERHOOK_LOG_LEVEL: "loud" is not one of'],
    ['an unknown command', {}, ['rebiuld'], 'command "rebiuld": there is serve'],
  ])('ends with code 78 at %s', async (_, env, argv, message) => {
    const { said, codes } = await run(env, { serve: async () => {} }, argv);
    expect(codes).toEqual([78]);
    expect(said).toContain(message);
  });

  it('passes over what another process reads from the same environment', async () => {
    const { codes } = await run({ HYPERHOOK_DATABASE_URL: 'postgres://db/x' }, { serve: async () => {} });
    expect(codes).toEqual([]);
  });

  it.each([
    ['what the log refuses for good', new LogError('topic_mismatch', 'topic x has 3 partitions'), 78],
    ['what another start may mend', new LogError('log_unavailable', 'no broker answers'), 1],
  ])('tells a supervisor %s by its exit code', async (_, error, code) => {
    const { said, codes } = await run({}, { serve: () => Promise.reject(error) });
    expect(codes).toEqual([code]);
    expect(said).toContain(error.message);
  });
});
