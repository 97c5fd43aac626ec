import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { scanJson } from '#contracts';
import { readJsonBody, type Principal, type ProblemAnswer } from '#http-edge';
import { traceparentIn } from '#log';
import { identified, refuseKeyOfMany } from '../accept/identified.ts';
import { publishedEvent } from '../accept/published-event.ts';
import { MAX_BATCH, type Publisher } from '../accept/publisher.ts';
import { batchAnswer, type PublishAnswer } from './batch-answer.ts';
import { hopOf } from './hop.ts';

export interface PublishJsonDeps {
  readonly publisher: Publisher;
  readonly maxBodyBytes: number;
  /** The answer to the error of one item; counts it. */
  readonly refuse: (error: unknown) => ProblemAnswer;
}

/** `POST /api/v1/events`, without the framework: from an authenticated request to its answer. */
export function publishJson(
  { publisher, maxBodyBytes, refuse }: PublishJsonDeps,
  principal: Principal,
  headers: IncomingHttpHeaders,
  body: Readable,
): Promise<PublishAnswer> {
  const traceparent = traceparentIn(headers['traceparent']);
  return publisher.request(principal, traceparent, async (lease, trace) => {
    const from = { hop: hopOf(headers), trace };
    const node = scanJson(await readJsonBody(body, headers, maxBodyBytes, lease.take));
    const key = headers['idempotency-key']?.toString();
    if (node.kind !== 'array') {
      const read = (now: number) => identified(publishedEvent(node, now), key);
      const accepted = await publisher.one(principal, read, from);
      return { status: 202, body: accepted, headers: {} };
    }
    refuseKeyOfMany(key);
    // One more than allowed is enough to know; 16 MiB of `1,1,1` must not become 8 million nodes.
    const reads = node.items(MAX_BATCH + 1).map((item) => (now: number) => publishedEvent(item, now));
    return batchAnswer(await publisher.batch(principal, reads, from), refuse);
  });
}
