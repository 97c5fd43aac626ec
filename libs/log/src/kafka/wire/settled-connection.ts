import kafkajs from 'kafkajs';

/** The part of a connection of kafkajs that is looked into. */
export interface InnerConnection<Protocol> {
  readonly host: string;
  readonly port: number;
  send(protocol: Protocol): Promise<unknown>;
  disconnect(): Promise<unknown>;
  rejectRequests(error: Error): void;
}

const known = new WeakSet<object>();

/**
 * The same connection; once it is closed, no request over it is left without an answer.
 *
 * kafkajs waits until nothing is out, and closes. A request that comes while it makes sure of that is still written, and then
 * forgotten: no clock looks at it, and the end of the socket is none to kafkajs, which has closed it itself. Whoever waits for
 * the answer waits for ever, and nothing keeps a process alive for it (a command ended with Node's exit code 13).
 */
export function settledConnection<Protocol>(
  connection: InnerConnection<Protocol>,
): InnerConnection<Protocol> {
  if (known.has(connection)) return connection;
  known.add(connection);
  const disconnect = connection.disconnect.bind(connection);
  connection.disconnect = async () => {
    const done = await disconnect();
    const broker = `${connection.host}:${connection.port}`;
    connection.rejectRequests(new kafkajs.KafkaJSConnectionError('closed by this process', { broker }));
    return done;
  };
  return connection;
}
