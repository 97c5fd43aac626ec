import { parseArgs } from 'node:util';

export const usage = `npm run kafka [-- options]
  --brokers 1|3       default 1; three keep three replicas, two in sync
  --port N            of the first broker, the next ones follow; default: free ports
  --sasl              brokers that ask who is there (TLS, PLAIN and SCRAM): prints users and authority
  --keep-data FOLDER  keeps the data there, and goes on with what is there; default: a temporary folder`;

export interface KafkaArguments {
  readonly brokers: 1 | 3;
  readonly port?: number;
  readonly dataFolder?: string;
  /** Certificates are made anew each time, so not over data that is kept. */
  readonly sasl?: true;
}

/** Throws an error that says what is wrong and what would be right. */
export function readArguments(args: readonly string[]): KafkaArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      brokers: { type: 'string', default: '1' },
      port: { type: 'string' },
      'keep-data': { type: 'string' },
      sasl: { type: 'boolean' },
    },
  });
  if (values.brokers !== '1' && values.brokers !== '3') {
    throw new Error(`--brokers ${values.brokers}: 1 or 3 (two cannot agree when one is gone)`);
  }
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65_533)) {
    throw new Error(`--port ${values.port}: a number from 1 to 65533`);
  }
  if (values.sasl === true && values['keep-data'] !== undefined) {
    throw new Error(
      '--sasl with --keep-data: users and certificates are made for one run; leave one of them out',
    );
  }
  return {
    brokers: values.brokers === '1' ? 1 : 3,
    ...(port === undefined ? {} : { port }),
    ...(values['keep-data'] === undefined ? {} : { dataFolder: values['keep-data'] }),
    ...(values.sasl === true ? { sasl: true } : {}),
  };
}
