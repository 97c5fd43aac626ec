import type { LogRecord } from '#log';
import type pg from 'pg';
import type { Answer } from './api-call.ts';
import type { Ended } from './run-engine.ts';

export type Query = <Row extends pg.QueryResultRow>(statement: string) => Promise<Row[]>;

/** One installation of the whole engine, whatever it is made of: what is true of both kinds is tested through this. */
export interface EngineUnderTest {
  readonly rootKey: string;
  /** Base URL of each process that answers HTTP, by its name. */
  readonly urls: Readonly<Record<string, string>>;
  /** Base URL of the process that answers this call of the API. */
  urlFor(method: string, path: string): string;
  /** `host:port` of gRPC at the process that has this service; empty where no port was asked for. */
  grpcFor(service: string): string;
  /** Resolves when all of it is ready; after a stop it is the same installation again. */
  start(): Promise<void>;
  /** SIGTERM to all; resolves with the exit code of each process that ran. */
  stop(): Promise<readonly (number | null)[]>;
  /** Runs each of its programs, with further settings, until it ends by itself: for starts that are refused. */
  run(command: readonly string[], env: Readonly<Record<string, string>>): Promise<readonly Ended[]>;
  /** The command that folds the log anew into tables. */
  rebuild(): Promise<Ended>;
  /** Looks into the read model while the engine is down. */
  withTables<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** Every record of every topic, while the engine is down. */
  records(): Promise<readonly LogRecord[]>;
  /** All that its processes wrote for machines since it was opened. */
  readonly written: string;
  /** As a client that echoes the control position (R20). Default key: the root key. */
  call<T>(method: string, path: string, body?: unknown, key?: string): Promise<Answer<T>>;
  /** The same, for calls that a test relies on. */
  must<T>(method: string, path: string, body?: unknown, key?: string): Promise<T>;
  /** Stops it, and removes all that it kept. */
  remove(): Promise<void>;
}
