import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { buildConnector } from 'undici';
import { ProxyRefused } from './proxy-refused.ts';

const MAX_HEAD_BYTES = 16 * 1_024;
const END_OF_HEAD = '\r\n\r\n';

/** Where all deliveries go through, by HTTP CONNECT (RFC 9110 §9.3.6). */
export interface EgressProxy {
  readonly host: string;
  readonly port: number;
  /** The way to the proxy itself is encrypted. */
  readonly tls: boolean;
  /** Value of `Proxy-Authorization`; null: none. */
  readonly authorization: string | null;
}

/** `http://` or `https://`, host and port, with a name and password where the proxy asks for them. */
export function egressProxyOf(url: string): EgressProxy {
  const { protocol, hostname, port, username, password } = new URL(url);
  const tls = protocol === 'https:';
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (tls ? 443 : 80) : Number(port),
    tls,
    authorization: username === '' ? null : `Basic ${Buffer.from(pair).toString('base64')}`,
  };
}

/**
 * Connects through the proxy: a tunnel to the target, and in it what `overTunnel` makes (TLS, with the endpoint's own
 * certificate). The proxy resolves the name, so which address it is, and that it is a public one, is the proxy's duty.
 *
 * 1. The callback is called once: with a connected socket, or with an error.
 * 2. The socket to the proxy is answered at once, so that a deadline can end the connect at any stage.
 */
export function proxiedConnector(
  proxy: EgressProxy,
  overTunnel: buildConnector.connector,
): buildConnector.connector {
  return (target, callback) => {
    const { hostname, protocol, port } = target;
    const address = { host: proxy.host, port: proxy.port };
    const name = isIP(proxy.host) === 0 ? { servername: proxy.host } : {};
    const socket = proxy.tls ? connectTls({ ...address, ...name }) : connectPlain(address);
    const ready = proxy.tls ? 'secureConnect' : 'connect';
    const host = isIP(hostname) === 6 ? `[${hostname}]` : hostname;
    const place = `${host}:${port === '' ? (protocol === 'https:' ? 443 : 80) : port}`;
    openTunnel(socket, ready, headOf(place, proxy), (error) => {
      if (error !== null) {
        socket.destroy();
        callback(error, null);
      } else if (protocol === 'https:') {
        overTunnel({ ...target, httpSocket: socket }, callback);
      } else {
        callback(null, socket);
      }
    });
    return socket;
  };
}

function headOf(place: string, { authorization }: EgressProxy): string {
  const lines = [`CONNECT ${place} HTTP/1.1`, `Host: ${place}`];
  if (authorization !== null) lines.push(`Proxy-Authorization: ${authorization}`);
  return `${lines.join('\r\n')}${END_OF_HEAD}`;
}

function openTunnel(socket: Socket, ready: string, head: string, end: (error: Error | null) => void): void {
  let answer = Buffer.alloc(0);
  const settle = (error: Error | null): void => {
    socket.off('data', onData).off('error', settle).off('close', onClose);
    end(error);
  };
  const onClose = (): void => settle(new ProxyRefused(null));
  const onData = (chunk: Buffer): void => {
    answer = Buffer.concat([answer, chunk]);
    const at = answer.indexOf(END_OF_HEAD);
    if (at < 0 && answer.byteLength <= MAX_HEAD_BYTES) return;
    const [, status] = /^HTTP\/1\.[01] (\d{3})(?: |\r)/.exec(answer.subarray(0, 32).toString('latin1')) ?? [];
    if (at < 0 || status === undefined) return settle(new ProxyRefused(null));
    if (!status.startsWith('2')) return settle(new ProxyRefused(Number(status)));
    socket.pause();
    // What came behind the head is the target's, or the first bytes of its handshake.
    const rest = answer.subarray(at + END_OF_HEAD.length);
    if (rest.byteLength > 0) socket.unshift(rest);
    return settle(null);
  };
  socket.on('data', onData).on('error', settle).on('close', onClose);
  // Also behind the tunnel's opening, until somebody else listens: an error that nobody hears would end the process.
  socket.on('error', () => undefined);
  socket.setNoDelay(true).once(ready, () => socket.write(head));
}
