import type { ClientBase, QueryConfig, QueryResult, QueryResultRow } from 'pg';

/** What a statement needs of a connection. */
export interface Statements {
  query<R extends QueryResultRow = QueryResultRow>(
    statement: string | QueryConfig,
    values?: unknown[],
  ): Promise<QueryResult<R>>;
}

/**
 * One statement after the other on the lock's connection, which appends and commits share: pg gives up queueing them
 * itself in its next major version. Those that wait when the connection ends are refused by it one by one.
 */
export class SerialConnection implements Statements {
  readonly #client: ClientBase;
  #last: Promise<unknown> = Promise.resolve();

  constructor(client: ClientBase) {
    this.#client = client;
  }

  query<R extends QueryResultRow = QueryResultRow>(
    statement: string | QueryConfig,
    values?: unknown[],
  ): Promise<QueryResult<R>> {
    const answer = this.#last.then(() => this.#client.query<R>(statement, values));
    // The next one runs whatever became of this one; its caller is told.
    this.#last = answer.catch(() => undefined);
    return answer;
  }
}
