import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ConfigError } from './config-error.ts';
import { defineConfig, loadConfig, summary } from './load-config.ts';

const schema = defineConfig({
  mode: {
    env: 'HYPERHOOK_MODE',
    kind: 'string',
    oneOf: ['fast', 'safe'],
    default: 'safe',
    description: 'How.',
  },
  port: { env: 'HYPERHOOK_PORT', kind: 'int', min: 0, max: 65_535, default: 3_000, description: 'Where.' },
  ratio: { env: 'HYPERHOOK_RATIO', kind: 'float', min: 0, max: 1, default: 0.5, description: 'Share.' },
  drain: { env: 'HYPERHOOK_DRAIN', kind: 'duration', default: 40_000, description: 'How long.' },
  http: { env: 'HYPERHOOK_ALLOW_HTTP', kind: 'bool', default: false, description: 'Whether.' },
  brokers: { env: 'HYPERHOOK_BROKERS', kind: 'list', default: [], description: 'Whom.' },
  database: {
    env: 'HYPERHOOK_DATABASE_URL',
    kind: 'url',
    schemes: ['postgres'],
    default: null,
    description: 'Database.',
  },
  key: { env: 'HYPERHOOK_ROOT_KEY', kind: 'string', min: 8, secret: true, description: 'The root key.' },
});
const key = { HYPERHOOK_ROOT_KEY: 'very-secret-key' };
const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    loadConfig(schema, { env });
    return [];
  } catch (error) {
    return (error as ConfigError).problems;
  }
};

describe('the configuration', () => {
  it('has a value for everything, from argument, environment or default, in that order', () => {
    const env = { ...key, HYPERHOOK_PORT: '80', HYPERHOOK_MODE: 'fast', HYPERHOOK_BROKERS: 'a:1, b:2,' };
    const config = loadConfig(schema, { env, args: { port: '81' } });
    expect(config).toEqual({
      mode: 'fast',
      port: 81,
      ratio: 0.5,
      drain: 40_000,
      http: false,
      brokers: ['a:1', 'b:2'],
      database: null,
      key: 'very-secret-key',
    });
    expect(Object.isFrozen(config)).toBe(true);
    // The types: neither optional nor wider than the schema says.
    const mode: 'fast' | 'safe' = config.mode;
    const database: string | null = config.database;
    expect([mode, database]).toEqual(['fast', null]);
  });

  it('treats an empty variable as absent', () => {
    expect(loadConfig(schema, { env: { ...key, HYPERHOOK_PORT: '' } }).port).toBe(3_000);
  });

  it('says all that is wrong at once, with what is expected', () => {
    expect(
      problemsOf({
        HYPERHOOK_MODE: 'quick',
        HYPERHOOK_PORT: '70000',
        HYPERHOOK_RATIO: 'half',
        HYPERHOOK_DRAIN: '40',
        HYPERHOOK_ALLOW_HTTP: 'maybe',
        HYPERHOOK_DATABASE_URL: 'mysql://x/y',
      }),
    ).toEqual([
      'HYPERHOOK_MODE: "quick" is not one of fast, safe',
      'HYPERHOOK_PORT: "70000" is not a whole number from 0 to 65535',
      'HYPERHOOK_RATIO: "half" is not a number from 0 to 1',
      'HYPERHOOK_DRAIN: "40" is not a duration like 500ms, 30s, 5m or 2h',
      'HYPERHOOK_ALLOW_HTTP: "maybe" is not true or false',
      'HYPERHOOK_DATABASE_URL: "mysql://x/y" is not a URL starting with postgres://',
      'HYPERHOOK_ROOT_KEY: is missing: The root key. (text of at least 8 characters)',
    ]);
  });

  it('never shows a secret, not even a wrong one', () => {
    expect(problemsOf({ HYPERHOOK_ROOT_KEY: 'short' })).toEqual([
      'HYPERHOOK_ROOT_KEY: the value is not text of at least 8 characters',
    ]);
    const env = { ...key, HYPERHOOK_DATABASE_URL: 'postgres://me:pa55@db:5432/x' };
    const shown = summary(schema, loadConfig(schema, { env }));
    expect(shown).toMatchObject({
      key: '(hidden)',
      port: 3_000,
      database: 'postgres://me:(hidden)@db:5432/x',
    });
    expect(JSON.stringify(shown)).not.toMatch(/pa55|very-secret/);
  });

  it('knows a misspelt variable, and leaves those of others alone', () => {
    expect(problemsOf({ ...key, HYPERHOOK_PROT: '1', HYPERHOOK_ZZZZZZZZZZZZ: '1', PORT: '1' })).toEqual([
      'HYPERHOOK_PROT: no such setting; did you mean HYPERHOOK_PORT?',
      'HYPERHOOK_ZZZZZZZZZZZZ: no such setting',
    ]);
    const env = { ...key, HYPERHOOK_OTHER: '1' };
    expect(loadConfig(schema, { env, known: ['HYPERHOOK_OTHER'] }).port).toBe(3_000);
  });

  it.each([
    ['500ms', 500],
    ['30s', 30_000],
    ['1.5m', 90_000],
    ['2h', 7_200_000],
    ['7d', 604_800_000],
  ])('reads the duration %s as %d ms', (text, ms) => {
    expect(loadConfig(schema, { env: { ...key, HYPERHOOK_DRAIN: text } }).drain).toBe(ms);
  });

  it('is either whole or a ConfigError, whatever the environment holds', () => {
    const names = fc.constantFrom(...Object.values(schema).map(({ env }) => env));
    fc.assert(
      fc.property(fc.dictionary(names, fc.string()), (env) => {
        try {
          const { port, drain, ratio } = loadConfig(schema, { env });
          expect([port, drain, ratio].every(Number.isFinite)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
        }
      }),
    );
  });
});
