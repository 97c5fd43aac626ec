import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import { assertNever } from '#domain';
import type { AnswerKind } from '../plan/answers.ts';

const CHUNK = Buffer.alloc(16 * 1_024, 'x');
const ok = 'HTTP/1.1 200 OK\r\n';

/** Answers a request in one of the ways of a receiver. Resolves when there is nothing left to do; a sender may hang up before. */
export async function giveAnswer(response: ServerResponse, kind: AnswerKind, share: number): Promise<void> {
  switch (kind) {
    case 'ok':
      response.writeHead(200).end();
      return;
    case 'slow':
      await delay(10 + share * 600);
      response.writeHead(204).end();
      return;
    case 'drip':
      return keepWriting(response, Buffer.from('.'), 250);
    case 'endless':
      return keepWriting(response, CHUNK, 10);
    case 'too-long':
      // Says more than it sends, and hangs up.
      raw(response, `${ok}Content-Length: 500\r\n\r\nfar less`, true);
      return;
    case 'too-short':
      // Sends more than it says: the rest would be the next answer's.
      raw(response, `${ok}Content-Length: 4\r\n\r\nmore than four bytes\r\n\r\n`, false);
      return;
    case 'error':
      response.writeHead(share < 0.5 ? 500 : 503).end('no');
      return;
    case 'busy':
      response.writeHead(429).end();
      return;
    case 'busy-later':
      response.writeHead(429, { 'Retry-After': share < 0.5 ? '600' : '3600' }).end();
      return;
    case 'gone':
      response.writeHead(410).end();
      return;
    case 'redirect':
      response.writeHead(302, { Location: 'http://127.0.0.1:9/elsewhere' }).end();
      return;
    case 'hang':
      return;
    case 'reset':
      reset(response.socket);
      return;
    case 'garbage':
      raw(response, '\u0000\u0001 SSH-2.0-nothing of HTTP\r\n\r\n', true);
      return;
    default:
      return assertNever(kind);
  }
}

/** Over TLS there is no reset to ask for: the connection is cut. */
function reset(socket: Socket | null): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket?.resetAndDestroy();
}

function raw(response: ServerResponse, text: string, hangsUp: boolean): void {
  response.socket?.write(text, 'latin1', () => {
    if (hangsUp) response.socket?.destroy();
  });
}

async function keepWriting(response: ServerResponse, piece: Buffer, everyMs: number): Promise<void> {
  response.writeHead(200, { 'Content-Length': '1000000000' });
  response.flushHeaders();
  while (response.socket !== null && !response.socket.destroyed) {
    response.write(piece);
    await delay(everyMs);
  }
}
