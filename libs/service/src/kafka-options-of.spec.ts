import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kafkaSettings, loadConfig } from '#platform';
import { kafkaOptionsOf } from './kafka-options-of.ts';

const of = (env: Record<string, string>) =>
  kafkaOptionsOf(
    loadConfig(kafkaSettings, {
      env: Object.fromEntries(Object.entries(env).map(([name, value]) => [`HYPERHOOK_KAFKA_${name}`, value])),
    }),
    'tried',
  );

describe('what the settings say of the cluster', () => {
  it('brokers alone are plain TCP', () => {
    const options = of({ BROKERS: 'a:9092, b:9092' });
    expect(options).toEqual({
      brokers: ['a:9092', 'b:9092'],
      clientId: 'tried',
      prefix: 'hyperhook.',
      sessionTimeoutMs: 30_000,
      heartbeatMs: 500,
    });
  });

  it('reads the files that it names', () => {
    const folder = mkdtempSync(join(tmpdir(), 'hyperhook-options-'));
    const file = join(folder, 'ca.pem');
    writeFileSync(file, 'PEM');
    const options = of({
      BROKERS: 'a:9093',
      SSL: 'true',
      CA_FILE: file,
      SASL_MECHANISM: 'scram-sha-512',
      USERNAME: 'u',
      PASSWORD: 'p',
    });
    rmSync(folder, { recursive: true });
    expect(options.ssl).toEqual({ ca: ['PEM'] });
    expect(options.sasl).toEqual({ mechanism: 'scram-sha-512', username: 'u', password: 'p' });
  });

  it.each([
    [{ BROKERS: '' }, 'HYPERHOOK_KAFKA_BROKERS: is missing'],
    [{ BROKERS: ' , ' }, 'HYPERHOOK_KAFKA_BROKERS: " , " is not a list'],
    [
      { BROKERS: 'a:1', SSL: 'true', CA_FILE: '/nowhere' },
      'HYPERHOOK_KAFKA_CA_FILE: cannot read /nowhere (ENOENT)',
    ],
    [{ BROKERS: 'a:1', SSL: 'true', CERT_FILE: '/nowhere' }, 'HYPERHOOK_KAFKA_KEY_FILE: give both'],
    [{ BROKERS: 'a:1', CA_FILE: '/nowhere' }, 'HYPERHOOK_KAFKA_SSL: a certificate is given, but TLS is off'],
    [{ BROKERS: 'a:1', USERNAME: 'u', PASSWORD: 'p' }, 'HYPERHOOK_KAFKA_SASL_MECHANISM: a user'],
    [{ BROKERS: 'a:1', SASL_MECHANISM: 'plain', USERNAME: 'u' }, 'plain needs both, the second is missing'],
  ])('says what does not fit together in %j', (env, message) => {
    expect(() => of(env)).toThrow(message);
  });
});
