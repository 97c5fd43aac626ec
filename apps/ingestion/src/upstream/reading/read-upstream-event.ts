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
  if (source.format === 'cloudevents') return cloudEvent(source, record, headers, now);
  return mappedEvent(source, record, headers, now);
}
