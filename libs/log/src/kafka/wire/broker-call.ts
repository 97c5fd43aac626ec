import type { Broker } from 'kafkajs';
import { LogError } from '../../port/log-error.ts';
import { settledConnection, type InnerConnection } from './settled-connection.ts';
import type { WireWriter } from './wire-writer.ts';

/** One request that we write and read ourselves; kafkajs sends it, and finds its answer. */
export interface Call<T> {
  readonly apiKey: number;
  readonly apiVersion: number;
  readonly apiName: string;
  readonly write: () => WireWriter;
  readonly read: (answer: Buffer) => T | Promise<T>;
}

/** Of a broker, as far as kafkajs' types leave it out. */
interface Inside {
  readonly versions?: Readonly<Record<number, { readonly maxVersion: number }>> | null;
  readonly connectionPool: {
    getConnection(index: Connection): Promise<InnerConnection<Protocol>>;
  };
}

interface Protocol {
  readonly request: {
    readonly apiKey: number;
    readonly apiVersion: number;
    readonly apiName: string;
    readonly encode: () => { readonly buf: Buffer; readonly buffer: Buffer };
  };
  readonly response: {
    readonly decode: (answer: Buffer) => Promise<Answer<unknown>>;
    readonly parse: (answer: Answer<unknown>) => unknown;
  };
}

/** kafkajs has two to each broker. A broker answers what comes over one in its order: a long poll holds up all behind it. */
export type Connection = (typeof connections)[keyof typeof connections];
export const connections = { main: 0, polls: 1 } as const;

interface Answer<T> {
  readonly clientSideThrottleTime: number;
  readonly value: T;
}

/**
 * Asks over the broker's own connections, in their order, with their time-out, their login and their throttling, but
 * without kafkajs' encoders and decoders, which make a buffer for each field (decision 0018). Rejects as kafkajs does.
 */
export async function askBroker<T>(
  broker: Broker,
  call: Call<T & { readonly throttledMs: number }>,
  over: Connection,
): Promise<T> {
  const { apiKey, apiVersion, apiName, write, read } = call;
  const inside = broker as unknown as Inside;
  const newest = inside.versions?.[apiKey]?.maxVersion;
  if (newest !== undefined && newest < apiVersion) {
    throw new LogError(
      'log_closed',
      `the broker knows ${apiName} up to version ${newest} only; use Kafka 2.3 or later`,
    );
  }
  try {
    const connection = settledConnection(await inside.connectionPool.getConnection(over));
    const value = await connection.send({
      request: {
        apiKey,
        apiVersion,
        apiName,
        encode: () => {
          const buffer = write().bytes;
          return { buf: buffer, buffer };
        },
      },
      response: {
        decode: async (answer) => {
          const found = await read(answer);
          return { clientSideThrottleTime: found.throttledMs, value: found };
        },
        parse: (answer) => answer.value,
      },
    });
    return value as T;
  } catch (error) {
    if (error instanceof Error && error.name === 'KafkaJSConnectionClosedError') await broker.disconnect();
    throw error;
  }
}
