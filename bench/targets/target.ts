import type { Log } from '#log';

export interface Hook {
  readonly url: string;
  /** Types that it wants. Default: all. */
  readonly events?: readonly string[];
}

/** What is measured: an engine that runs, or the bare loop. */
export interface Target {
  readonly name: string;
  /** Where events are published. */
  readonly host: string;
  readonly port: number;
  /** Does it make second attempts? */
  readonly retries: boolean;
  /** Is what processes of this role use a cost of this target? */
  owns(role: string): boolean;
  /** A tenant with endpoints of its own; gives the key to publish with. */
  enter(tenant: string, hooks: readonly Hook[]): Promise<string>;
  /** Costs nothing from now on, so that another can be measured on the same machine; keeps what it has warmed up. */
  rest(): Promise<void>;
  /** Resolves once it is ready again. */
  wake(): Promise<void>;
}

/** One process of an engine, without stores. */
export interface EngineProcess {
  readonly app: string;
  readonly pid: number;
  readonly url: string;
  /** `host:port`; empty: it was given no port for gRPC. */
  readonly grpc: string;
  /** Resolves when it says that it is ready. */
  start(): Promise<void>;
  stop(): Promise<number | null>;
}

export interface EngineTarget extends Target {
  readonly processes: readonly EngineProcess[];
  /** One call of the API that must go well. */
  must<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** Writes to the log beside the engine, or between its stop and its start: by its own codecs. */
  withLog(work: (log: Log) => Promise<void>): Promise<void>;
}
