import type { Readable } from 'node:stream';
import { Refused } from './refused.ts';

/** What is read of a request before its body. */
export interface BodyHead {
  readonly 'content-type'?: string | undefined;
  readonly 'content-length'?: string | undefined;
  readonly 'content-encoding'?: string | undefined;
}

/**
 * A body declared up to this many times too large is let in and thrown away, so that its sender is there to read the
 * answer; for a larger one the connection is closed.
 */
const LINGER_FACTOR = 4;

/**
 * The whole body as bytes, at most `maxBytes`. Refuses what is not JSON by its header (415) and what is too large (413):
 * before reading where the length is declared, else at the first byte too many. Throws {@link Refused}.
 * `onBytes` is told of what arrives as it arrives, and may throw to refuse the rest (too much in memory elsewhere).
 */
export async function readJsonBody(
  stream: Readable,
  head: BodyHead,
  maxBytes: number,
  onBytes: (bytes: number) => void = () => {},
): Promise<Buffer> {
  checkMediaType(head);
  const declared = head['content-length'];
  if (declared !== undefined && Number(declared) > maxBytes) {
    throw tooLarge(maxBytes, Number(declared) > maxBytes * LINGER_FACTOR);
  }
  const bytes = await readAtMost(stream, maxBytes, onBytes);
  if (bytes.length === 0) throw new Refused('empty_body', 'send a JSON body');
  return bytes;
}

function checkMediaType(head: BodyHead): void {
  const encoding = head['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    const detail = 'compressed bodies are not read; leave "Content-Encoding" out';
    throw new Refused('unsupported_media_type', detail, { headers: { 'accept-encoding': 'identity' } });
  }
  const type = head['content-type'];
  const [media = '', ...parameters] = (type ?? '').toLowerCase().split(';');
  if (!/^application\/(json|[\w.+-]+\+json)$/.test(media.trim())) {
    const got = type === undefined ? 'there is none' : `got ${JSON.stringify(type.slice(0, 100))}`;
    throw new Refused('unsupported_media_type', `"Content-Type" must be application/json; ${got}`);
  }
  // RFC 8259 §8.1: JSON is UTF-8. Anything else that is declared would be read wrongly, so it is not read at all.
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith('charset='));
  if (charset !== undefined && !/^charset="?utf-8"?$/.test(charset)) {
    throw new Refused('unsupported_media_type', `JSON must be UTF-8; got ${JSON.stringify(charset)}`);
  }
}

function readAtMost(stream: Readable, maxBytes: number, onBytes: (bytes: number) => void): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const settle = (end: () => void) => {
      stream.off('data', onData).off('end', onEnd).off('error', onError).off('close', onClose);
      end();
    };
    const onData = (chunk: Buffer) => {
      try {
        length += chunk.length;
        if (length > maxBytes) throw tooLarge(maxBytes, true);
        onBytes(chunk.length);
        chunks.push(chunk);
      } catch (error) {
        settle(() => reject(error));
        // Thrown away until the connection closes: nothing of it stays in memory.
        stream.resume();
      }
    };
    // It may have gone away while something else was awaited: then no event comes any more.
    if (stream.destroyed) {
      reject(cutShort());
      return;
    }
    const onEnd = () =>
      settle(() =>
        resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
      );
    const onError = (error: Error) => settle(() => reject(cutShort(error)));
    const onClose = () => settle(() => reject(cutShort()));
    stream.on('data', onData).on('end', onEnd).on('error', onError).on('close', onClose);
  });
}

function tooLarge(maxBytes: number, close: boolean): Refused {
  const detail = `the body may have at most ${maxBytes} bytes; send less, or in several requests`;
  return new Refused('body_too_large', detail, close ? { headers: { connection: 'close' } } : {});
}

function cutShort(cause?: Error): Refused {
  return new Refused('bad_request', 'the connection ended before the body did', { cause });
}
