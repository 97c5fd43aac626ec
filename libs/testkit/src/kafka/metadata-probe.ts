import { connect } from 'node:net';

/**
 * How many live brokers the broker at `host`:`port` knows of: one Metadata request (version 1, no topics) over TCP.
 * It needs no client library and says more than an open port: a broker answers only once it has joined the cluster.
 * Throws when there is no such answer within `timeoutMs`.
 */
export function liveBrokersSeenBy(port: number, timeoutMs = 1_000, host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host });
    let answer = Buffer.alloc(0);
    const fail = (what: string) => () => socket.destroy(new Error(`${host}:${port} ${what}`));
    const timer = setTimeout(fail(`said nothing for ${timeoutMs} ms`), timeoutMs);
    socket.on('connect', () => socket.write(metadataRequest()));
    socket.on('data', (chunk) => {
      answer = Buffer.concat([answer, chunk]);
      // Length (4), correlation id (4), then the array of brokers begins with its count (4).
      if (answer.byteLength < 12) return;
      resolve(answer.readInt32BE(8));
      socket.destroy();
    });
    socket.on('end', fail('hung up'));
    socket.on('error', reject);
    socket.on('close', () => {
      clearTimeout(timer);
      reject(new Error(`${host}:${port} closed the connection`));
    });
  });
}

function metadataRequest(): Buffer {
  const client = Buffer.from('hyperhook-probe');
  const request = Buffer.alloc(4 + 2 + 2 + 4 + 2 + client.byteLength + 4);
  request.writeInt32BE(request.byteLength - 4, 0);
  request.writeInt16BE(3, 4); // api key: Metadata
  request.writeInt16BE(1, 6); // version
  request.writeInt32BE(1, 8); // correlation id
  request.writeInt16BE(client.byteLength, 12);
  client.copy(request, 14);
  request.writeInt32BE(0, 14 + client.byteLength); // topics: none
  return request;
}
