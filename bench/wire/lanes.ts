import { connect, type Socket } from 'node:net';
import { loadProtocol } from '#grpc-edge';
import type { LoadOrder } from '../load-order.ts';
import { GrpcConnection } from './grpc-connection.ts';
import { MessageReader } from './message-reader.ts';

/** Sends one request at a time. `onAnswer`: undefined, or what was wrong with the answer. */
export interface Lane {
  send(request: number, onAnswer: (wrong: string | undefined) => void): void;
}

export interface Lanes {
  readonly all: readonly Lane[];
  close(): void;
}

/** As many lanes as requests may be under way at once: connections of HTTP/1.1, else calls, or messages of one stream. */
export function openLanes(order: LoadOrder, onError: (error: Error) => void): Lanes {
  return lanesOf[order.transport ?? 'rest'](order, onError);
}

const dataOf = (n: number, filler: string): string => `{"n":${n},"filler":"${filler}"}`;

function restLanes(order: LoadOrder, onError: (error: Error) => void): Lanes {
  const { batch, from, type, key, connections, host, port } = order;
  const filler = 'x'.repeat(order.filler);
  const requestOf = (request: number): string => {
    const items = Array.from({ length: batch }, (_, at) => {
      return `{"type":"${type}","data":${dataOf(from + request * batch + at, filler)}}`;
    });
    const body = batch === 1 ? (items[0] ?? '') : `[${items.join()}]`;
    return `POST /api/v1/events HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  };
  const sockets: Socket[] = [];
  const all = Array.from({ length: connections }, (): Lane => {
    const socket = connect({ host, port, noDelay: true });
    sockets.push(socket);
    socket.on('error', onError);
    let answer: (wrong: string | undefined) => void = () => {};
    const reader = new MessageReader((head) => {
      const status = Number(head.slice(9, 12));
      answer(status < 200 || status > 299 ? `publish answered ${status}` : undefined);
    });
    socket.on('data', (chunk) => reader.push(chunk));
    return {
      send: (request, onAnswer) => {
        answer = onAnswer;
        socket.write(requestOf(request));
      },
    };
  });
  return { all, close: () => sockets.forEach((socket) => socket.destroy()) };
}

function grpcLanes(order: LoadOrder, onError: (error: Error) => void): Lanes {
  const { connection, eventOf, method } = grpcOf(order, onError, 'Publish');
  const lane: Lane = {
    send: (request, onAnswer) => {
      const message = method.requestSerialize({ event: eventOf(request) });
      connection.unary(method.path, message, (status) =>
        onAnswer(status === 0 ? undefined : `publish ended with status ${status}`),
      );
    },
  };
  return { all: Array.from({ length: order.connections }, () => lane), close: () => connection.close() };
}

function streamLanes(order: LoadOrder, onError: (error: Error) => void): Lanes {
  const { connection, eventOf, method } = grpcOf(order, onError, 'PublishStream');
  const waiting: ((wrong: string | undefined) => void)[] = [];
  const stream = connection.stream(method.path, (message) => {
    const outcome = method.responseDeserialize(Buffer.from(message)) as { readonly problem?: object };
    waiting.shift()?.(outcome.problem === undefined ? undefined : JSON.stringify(outcome.problem));
  });
  const lane: Lane = {
    send: (request, onAnswer) => {
      waiting.push(onAnswer);
      stream.send(method.requestSerialize({ sequence: request, event: eventOf(request) }));
    },
  };
  return { all: Array.from({ length: order.connections }, () => lane), close: () => connection.close() };
}

function grpcOf(order: LoadOrder, onError: (error: Error) => void, name: string) {
  const method = loadProtocol().service('IngestService')[name];
  if (method === undefined) throw new Error(`there is no ${name}`);
  const connection = new GrpcConnection(`${order.host}:${order.port}`, order.key);
  connection.onError = onError;
  const filler = 'x'.repeat(order.filler);
  const { from, type } = order;
  const eventOf = (request: number) => ({ type, data: Buffer.from(dataOf(from + request, filler)) });
  return { connection, eventOf, method };
}

const lanesOf = { rest: restLanes, grpc: grpcLanes, 'grpc-stream': streamLanes } as const;
