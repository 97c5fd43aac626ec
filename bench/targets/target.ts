/** What is measured: an engine that runs, or the bare loop. */
export interface Target {
  readonly name: string;
  /** Where events are published. */
  readonly host: string;
  readonly port: number;
  /** A tenant with endpoints of its own at `urls`; gives the key to publish with. */
  enter(tenant: string, contract: string, urls: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}
