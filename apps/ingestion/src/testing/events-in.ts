import { decodeEvent, type EventRecord, type Log } from '#log';

/** Everything that is durable in `events`, with copies, partition by partition. */
export async function eventsIn(log: Pick<Log, 'read'>, partitions: number): Promise<EventRecord[]> {
  const events: EventRecord[] = [];
  for (let partition = 0; partition < partitions; partition += 1) {
    for await (const records of log.read('events', partition, 0)) {
      for (const record of records) {
        const decoded = decodeEvent(record);
        if (!decoded.ok) throw new Error('an event that nobody can read');
        events.push(decoded.value);
      }
    }
  }
  return events;
}
