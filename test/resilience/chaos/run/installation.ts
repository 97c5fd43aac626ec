import type pg from 'pg';
import type { Ended } from '../../../support/run-engine.ts';
import type { ChaosFacts } from '../judge/facts.ts';
import type { Fault } from '../plan/faults.ts';
import type { ChaosReceiver } from '../wire/chaos-receiver.ts';
import type { LogReader } from './log-reader.ts';

/** What an installation under chaos is told at its start. */
export interface InstallationParts {
  readonly facts: ChaosFacts;
  readonly receiver: ChaosReceiver;
  /** Settings of every process. */
  readonly env: Readonly<Record<string, string>>;
  /** For people, as it happens. */
  readonly say: (line: string) => void;
}

/** The engine, of one process or of many, with what it stands on: started, harmed, asked, stopped. */
export interface Installation {
  readonly rootKey: string;
  readonly reader: LogReader;
  /** Base URLs of processes that take events, and of those that answer everything else. */
  readonly publishUrls: readonly string[];
  readonly adminUrls: readonly string[];
  /** Does this to it; resolves when it is over and mended, with what it cost (for people, may be empty). */
  apply(fault: Fault): Promise<string>;
  /** Writes a record that nobody can read to where events of this tenant stand. */
  poison(tenant: string): Promise<void>;
  query<Row extends pg.QueryResultRow>(statement: string): Promise<Row[]>;
  /** SIGTERM to all; resolves with the exit codes of those that had another than 0. */
  stop(): Promise<readonly string[]>;
  /** Folds the log anew into tables. The engine is stopped. */
  rebuild(): Promise<Ended>;
  /** Into the tables while the engine is stopped. */
  queryStopped<T>(work: (query: (statement: string) => Promise<object[]>) => Promise<T>): Promise<T>;
  /** Ends all of it, and removes what it kept. */
  close(): Promise<void>;
}
