import type { Metadata } from '@grpc/grpc-js';
import { traceparentIn } from '#log';

/** The publisher's own trace, as REST takes it from the header of the same name. */
export function traceOf(metadata: Metadata): string | undefined {
  const [text] = metadata.get('traceparent');
  return traceparentIn(typeof text === 'string' ? text : undefined);
}
