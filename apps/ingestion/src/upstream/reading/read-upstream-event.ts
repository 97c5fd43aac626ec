import { traceparentIn } from '#log';
import type { UpstreamSource } from '../mapping/upstream-source.ts';
import { cloudEvent } from './cloud-event.ts';
import { mappedEvent } from './mapped-event.ts';
import { RecordHeaders } from './record-headers.ts';
import type { UpstreamEvent } from './upstream-event.ts';
import type { UpstreamRecord } from './upstream-record.ts';

/** The event in a record. Undefined: a tombstone, which says nothing. Throws Unfit. `now`: epoch ms. */
export function readUpstreamEvent(
  source: UpstreamSource,
  record: UpstreamRecord,
  now: number,
): UpstreamEvent | undefined {
  const headers = new RecordHeaders(record.message.headers);
  const event =
    source.format === 'cloudevents'
      ? cloudEvent(source, record, headers, now)
      : mappedEvent(source, record, headers, now);
  const traceparent = traceOf(headers);
  return event === undefined || traceparent === undefined ? event : { ...event, traceparent };
}

/** As tracing libraries write it, or as CloudEvents' own extension does. */
function traceOf(headers: RecordHeaders): string | undefined {
  return (
    traceparentIn(headers.textIfAny('traceparent')) ?? traceparentIn(headers.textIfAny('ce_traceparent'))
  );
}
