import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

/** The little of Fastify that is needed; its instance fits. */
interface ClosingHost {
  readonly server: Pick<Server, 'on'>;
  addHook(name: 'preClose', hook: (done: () => void) => void): unknown;
}

/** How long the rest of a request may take to arrive once the server closes: a sender that is well needs far less. */
const ARRIVES_WITHIN_MS = 3_000;

/**
 * A server that closes waits for its connections. Node ends those that are idle between two requests; one that has sent
 * nothing yet (browsers and balancers open them ahead), or half of a request, would hold up the whole stop of the process
 * until it is too late for an orderly one, and its attempts in flight would be made again (P4). Call it before the server
 * listens.
 *
 * 1. A connection without a request ends when the closing begins; it was promised nothing.
 * 2. One whose request is still arriving then has {@link ARRIVES_WITHIN_MS} to bring the rest.
 * 3. A request that has arrived is answered, however long that takes; then its connection ends, kept alive or not.
 */
export function dropSilentConnections(host: ClosingHost): void {
  /** Open connections, and the request that each has under way. */
  const connections = new Map<Socket, IncomingMessage | undefined>();
  let isClosing = false;
  host.server.on('connection', (socket: Socket) => {
    if (isClosing) {
      socket.destroy();
      return;
    }
    connections.set(socket, undefined);
    socket.on('close', () => connections.delete(socket));
  });
  host.server.on('request', (request, response) => {
    const { socket } = request;
    connections.set(socket, request);
    response.on('close', () => {
      if (connections.get(socket) === request) connections.set(socket, undefined);
      if (isClosing) socket.destroySoon();
    });
  });
  host.addHook('preClose', (done) => {
    isClosing = true;
    for (const [socket, request] of connections) {
      if (request === undefined) socket.destroy();
      else if (!request.complete) dropUnlessComplete(request);
    }
    done();
  });
}

function dropUnlessComplete(request: IncomingMessage): void {
  const timer = setTimeout(() => {
    if (!request.complete) request.socket.destroy();
  }, ARRIVES_WITHIN_MS);
  request.on('close', () => clearTimeout(timer));
}
