import type { Cli } from '../cli.ts';
import type { Column } from '../output/table.ts';
import { withLimit, type LimitOption } from './options.ts';

interface Process {
  readonly id: string;
  readonly role: string;
  readonly host: string;
  readonly pid: number;
  readonly version: string;
  readonly started_at: string;
  readonly in_flight: number | null;
  readonly partitions: readonly number[];
}

interface Quarantined {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly reason: string;
  readonly at: string;
  readonly redriven_at: string | null;
}

interface Redriven {
  readonly offset: number;
  readonly redriven: boolean;
  readonly at: string;
}

const processColumns: readonly Column<Process>[] = [
  { head: 'role', of: ({ role }) => role },
  { head: 'host', of: ({ host }) => host },
  { head: 'pid', of: ({ pid }) => pid },
  { head: 'version', of: ({ version }) => version },
  { head: 'since', of: (process) => process.started_at },
  { head: 'in flight', of: (process) => process.in_flight },
  { head: 'partitions', of: ({ partitions }) => partitions.map(String) },
];

const quarantineColumns: readonly Column<Quarantined>[] = [
  { head: 'at', of: ({ at }) => at },
  { head: 'topic', of: ({ topic }) => topic },
  { head: 'partition', of: ({ partition }) => partition },
  { head: 'offset', of: ({ offset }) => offset },
  { head: 'put back', of: (record) => record.redriven_at },
  { head: 'reason', of: ({ reason }) => reason },
];

/** As the audit names it. */
function withId(record: Quarantined): Quarantined & { readonly id: string } {
  return { id: `${record.topic}/${record.partition}/${record.offset}`, ...record };
}

export function addOperations(cli: Cli): void {
  const processes = cli.add(cli.program, 'processes', {
    summary: 'what runs now, and what it has in flight',
    example: 'processes',
    more: 'With --output json also how far each group is behind the log.',
  });
  cli.run(processes, async ({ client, output }) => {
    const { data } = await client.call<{ data: Process[] }>('GET', '/processes');
    output.rows(data, processColumns);
  });

  const quarantine = cli.group('quarantine', 'records that nobody could read');
  const list = cli.add(quarantine, 'list', {
    summary: 'newest first',
    example: 'quarantine list --limit 20',
  });
  cli.run<LimitOption>(withLimit(list), async ({ options, client, output }) => {
    const found = await client.list<Quarantined>('/quarantine', options.limit, {});
    output.rows(found.map(withId), quarantineColumns);
  });

  const redrive = cli.add(quarantine, 'redrive <topic> <partition> <offset>', {
    summary: 'put one into its topic once more, after what kept it from being read was mended',
    example: 'quarantine redrive events 3 77',
    more: 'Asked for again it says where the first one stands, and puts nothing there.',
  });
  cli.run(redrive, async ({ args, client, output }) => {
    const [topic, partition, offset] = args;
    const body = { topic, partition: Number(partition), offset: Number(offset) };
    const done = await client.call<Redriven>('POST', '/quarantine/redrive', { body });
    const how = done.redriven ? 'is there again' : `was put there at ${done.at}`;
    output.done(`${topic}/${partition}/${offset} ${how}, at offset ${done.offset}`, { ...done });
  });
}
