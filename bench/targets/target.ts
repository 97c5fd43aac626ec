/** What is measured: an engine that runs, or the bare loop. */
export interface Target {
  readonly name: string;
  /** Where events are published. */
  readonly host: string;
  readonly port: number;
  /** Is what processes of this role use a cost of this target? */
  owns(role: string): boolean;
  /** A tenant with endpoints of its own at `urls`; gives the key to publish with. */
  enter(tenant: string, contract: string, urls: readonly string[]): Promise<string>;
  /** Costs nothing from now on, so that another can be measured on the same machine; keeps what it has warmed up. */
  rest(): Promise<void>;
  /** Resolves once it is ready again. */
  wake(): Promise<void>;
}
