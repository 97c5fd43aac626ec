import type { ReplayJob } from '#control';
import { decodeAsked, type Log } from '#log';

/** What a job asked for since its progress was last written down. */
export interface AskedBefore {
  /** Delivery ids; those that are met again are taken out. */
  readonly deliveries: Set<string>;
  /** Where `deliveries` ended: nothing of them stands beyond. */
  readonly end: number;
}

/** From the log itself, which knows it however long ago it was: the memory of dispatchers (R5) does not. */
export async function askedBefore(
  log: Pick<Log, 'read'>,
  partition: number,
  { chain, progress }: Pick<ReplayJob, 'chain' | 'progress'>,
): Promise<AskedBefore> {
  const deliveries = new Set<string>();
  let end = progress.askedFrom;
  for await (const slice of log.read('deliveries', partition, progress.askedFrom)) {
    for (const record of slice) {
      const decoded = decodeAsked(record);
      if (decoded.ok && decoded.value.ref.chain === chain) deliveries.add(decoded.value.ref.deliveryId);
      end = record.offset + 1;
    }
  }
  return { deliveries, end };
}
