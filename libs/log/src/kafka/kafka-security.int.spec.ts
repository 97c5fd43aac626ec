import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createThrowAwayCa, eventually, SecureKafka, type KafkaAcl } from '#testkit';
import type { GroupHandlers } from '../port/group.ts';
import type { NewRecord } from '../port/record.ts';
import type { KafkaConnection, KafkaSasl } from './connection.ts';
import { openKafkaLog, type KafkaLog } from './kafka-log.ts';

const users = ['admin', 'engine', 'guest', 'reader'].map((name) => ({ name, password: `${name}-secret` }));

let kafka: SecureKafka;
let count = 0;
const logs = new Set<KafkaLog>();

const prefixFor = () => `s${process.pid}-${(count += 1)}.`;

const as = (
  username: string,
  mechanism: KafkaSasl['mechanism'] = 'plain',
  password = `${username}-secret`,
) => ({
  mechanism,
  username,
  password,
});

async function open(more: Partial<KafkaConnection> = {}, prefix = prefixFor()): Promise<KafkaLog> {
  const log = await openKafkaLog({
    brokers: kafka.addresses.sasl,
    clientId: 'secure-test',
    ssl: { ca: [kafka.ca] },
    sasl: as('admin'),
    prefix,
    sessionTimeoutMs: 6_000,
    heartbeatMs: 200,
    ...more,
  });
  logs.add(log);
  return log;
}

async function close(log: KafkaLog): Promise<void> {
  logs.delete(log);
  await log.close();
}

const record = (text: string): NewRecord => ({
  topic: 'events',
  partition: 0,
  key: 'k',
  headers: { 'schema-version': '1' },
  value: Buffer.from(text),
});

const refusal = (code: string, ...words: readonly string[]) =>
  expect.objectContaining({
    code,
    message: expect.stringMatching(
      new RegExp(words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('[^]*')),
    ),
  });

const silent: GroupHandlers = {
  onClaim: () => Promise.resolve(),
  onSlice: () => {},
  onLose: () => Promise.resolve(),
  onCrash: (error) => {
    throw error;
  },
};

/** Topics, an append, a group that reads it, and a read: all that an engine does. */
async function roundTrip(log: KafkaLog): Promise<void> {
  await log.ensureTopics(1);
  await log.append([record('hello')]);
  const seen: string[] = [];
  const group = await log.join(
    { name: 'dispatcher', topics: ['events'] },
    {
      ...silent,
      onClaim: async () => [{ topic: 'events', offset: 0 }],
      onSlice: ({ records }) => void seen.push(...records.map(({ value }) => Buffer.from(value).toString())),
    },
  );
  await eventually(() => expect(seen).toEqual(['hello']), 20_000);
  await group.leave();
  expect((await log.readOne('events', 0, 0))?.offset).toBe(0);
}

describe('the Kafka log, among brokers that ask who is there', () => {
  beforeAll(async () => {
    kafka = await SecureKafka.start({ users });
  }, 90_000);
  afterAll(async () => {
    await Promise.all([...logs].map((log) => log.close()));
    await kafka?.stop();
  });

  it.each(['plain', 'scram-sha-256', 'scram-sha-512'] as const)(
    'creates topics, appends, joins and reads over TLS with %s',
    async (mechanism) => {
      const log = await open({ sasl: as('admin', mechanism) });
      await roundTrip(log);
      await close(log);
    },
    60_000,
  );

  it('is let in by a client certificate, with the rights that prefixed ACLs give', async () => {
    const prefix = prefixFor();
    const user = 'CN=engine-by-certificate';
    const name = { name: prefix, pattern: 'PREFIXED' } as const;
    const operations = ['READ', 'WRITE', 'CREATE', 'DESCRIBE_CONFIGS'] as const;
    await kafka.acls.allow(
      ...operations.map((operation): KafkaAcl => ({ user, operation, on: 'TOPIC', ...name })),
      { user, operation: 'READ', on: 'GROUP', ...name },
    );
    const { cert, key } = await kafka.certificateOf('engine-by-certificate');
    const log = await openKafkaLog({
      brokers: kafka.addresses.mutual,
      clientId: 'secure-test',
      ssl: { ca: [kafka.ca], cert, key },
      prefix,
      sessionTimeoutMs: 6_000,
    });
    logs.add(log);
    await eventually(() => log.ensureTopics(1), 20_000);
    await roundTrip(log);
    await close(log);
  }, 60_000);

  it.each(['plain', 'scram-sha-256', 'scram-sha-512'] as const)(
    'says at once whose password is wrong, without it, with %s',
    async (mechanism) => {
      const opening = open({ sasl: as('admin', mechanism, 'a-wrong-one') });
      await expect(opening).rejects.toEqual(
        refusal(
          'log_closed',
          kafka.addresses.sasl[0]!,
          `User:admin (SASL ${mechanism.toUpperCase()})`,
          'HYPERHOOK_KAFKA_PASSWORD',
        ),
      );
      await expect(opening).rejects.not.toThrow('a-wrong-one');
    },
  );

  it('names the setting of a mechanism that the broker does not offer', async () => {
    const sasl = { ...as('admin'), mechanism: 'oauthbearer' } as unknown as KafkaSasl;
    await expect(open({ sasl })).rejects.toEqual(
      refusal('log_closed', 'does not offer SASL OAUTHBEARER', 'HYPERHOOK_KAFKA_SASL_MECHANISM'),
    );
  });

  it('asks for an authority where the one of the broker is unknown', async () => {
    const { ca } = await createThrowAwayCa();
    for (const ssl of [true, { ca: [ca] }]) {
      await expect(open({ ssl })).rejects.toEqual(
        refusal('log_closed', kafka.addresses.sasl[0]!, 'HYPERHOOK_KAFKA_CA_FILE'),
      );
    }
  });

  it('says that a certificate is for another host name', async () => {
    const brokers = kafka.addresses.sasl.map((address) => address.replace('127.0.0.1', 'localhost'));
    await expect(open({ brokers })).rejects.toEqual(
      refusal('log_closed', 'certificate for another name', 'localhost', 'HYPERHOOK_KAFKA_BROKERS'),
    );
  });

  it('asks for a client certificate where the broker wants one', async () => {
    const opening = openKafkaLog({
      brokers: kafka.addresses.mutual,
      clientId: 'secure-test',
      ssl: { ca: [kafka.ca] },
    });
    await expect(opening).rejects.toEqual(refusal('log_closed', 'HYPERHOOK_KAFKA_CERT_FILE'));
  });

  it('says that a port speaks TLS, that it does not, and that it wants or does not want a user', async () => {
    const { sasl, open: plain } = kafka.addresses;
    const at = (brokers: string[], more: Partial<KafkaConnection>) =>
      openKafkaLog({ brokers, clientId: 'secure-test', ...more });
    await expect(at(sasl, {})).rejects.toEqual(refusal('log_closed', sasl[0]!, 'HYPERHOOK_KAFKA_SSL=true'));
    await expect(at(sasl, { sasl: as('admin') })).rejects.toEqual(
      refusal('log_closed', sasl[0]!, 'speaks TLS'),
    );
    await expect(at(plain, { ssl: { ca: [kafka.ca] } })).rejects.toEqual(
      refusal('log_closed', plain[0]!, 'speaks no TLS'),
    );
    await expect(at(sasl, { ssl: { ca: [kafka.ca] } })).rejects.toEqual(
      refusal('log_closed', sasl[0]!, 'wants to know who asks', 'HYPERHOOK_KAFKA_USERNAME'),
    );
    await expect(at(plain, { sasl: as('admin') })).rejects.toEqual(
      refusal('log_closed', plain[0]!, 'knows no users'),
    );
  }, 30_000);

  it('prints what creates its topics where it may not, and needs no such right once they are there', async () => {
    const prefix = prefixFor();
    const mine = { user: 'reader', on: 'TOPIC', name: prefix, pattern: 'PREFIXED' } as const;
    const log = await open({ sasl: as('reader') }, prefix);
    await expect(log.ensureTopics(2)).rejects.toEqual(
      refusal('log_closed', 'User:reader', 'Describe on topic', `${prefix}events`),
    );
    await kafka.acls.allow({ ...mine, operation: 'DESCRIBE' });
    await eventually(
      () =>
        expect(log.ensureTopics(2)).rejects.toEqual(
          refusal(
            'log_closed',
            'User:reader to Create on topic',
            `--operation Create --topic ${prefix} --resource-pattern-type prefixed`,
            `kafka-topics.sh --bootstrap-server ${kafka.addresses.sasl[0]} --create --if-not-exists --topic ${prefix}events --partitions 2`,
          ),
        ),
      20_000,
    );

    const operator = await open({}, prefix);
    await operator.ensureTopics(2);
    await expect(log.ensureTopics(2)).rejects.toEqual(
      refusal('log_closed', 'User:reader to DescribeConfigs on topic', '--operation DescribeConfigs'),
    );
    await kafka.acls.allow({ ...mine, operation: 'DESCRIBE_CONFIGS' });
    await eventually(() => log.ensureTopics(2), 20_000);

    await expect(log.append([record('x')])).rejects.toEqual(
      refusal('log_unavailable', `User:reader to Write on topic ${prefix}events`, '--operation Write'),
    );
    const joining = () => log.join({ name: 'dispatcher', topics: ['events'] }, silent);
    await expect(joining()).rejects.toEqual(
      refusal('log_closed', `User:reader to Read on group ${prefix}dispatcher`, `--group ${prefix}`),
    );
    await kafka.acls.allow({ ...mine, operation: 'READ', on: 'GROUP' });
    await eventually(
      () =>
        expect(joining()).rejects.toEqual(
          refusal('log_closed', `User:reader to Read on topic ${prefix}events`, '--operation Read'),
        ),
      20_000,
    );
    await Promise.all([close(log), close(operator)]);
  }, 90_000);

  it('waits, with a word, while a right is taken away, and goes on when it is back', async () => {
    const prefix = prefixFor();
    const may = (operation: KafkaAcl['operation']): KafkaAcl => ({
      user: 'engine',
      operation,
      on: 'TOPIC',
      name: prefix,
      pattern: 'PREFIXED',
    });
    const operator = await open({}, prefix);
    await operator.ensureTopics(1);
    await kafka.acls.allow(may('WRITE'));
    const log = await open({ sasl: as('engine', 'scram-sha-512') }, prefix);
    await eventually(() => log.append([record('before')]), 20_000);

    await kafka.acls.forget(may('WRITE'));
    const refused = await eventually(async () => {
      const error: unknown = await log.append([record('during')]).catch((reason: unknown) => reason);
      expect(error).toEqual(refusal('log_unavailable', 'User:engine', 'kafka-acls.sh'));
      return error;
    }, 20_000);
    expect(refused).toMatchObject({ retryable: true });

    await kafka.acls.allow(may('WRITE'));
    await eventually(() => log.append([record('after')]), 20_000);
    await Promise.all([close(log), close(operator)]);
  }, 90_000);
});
