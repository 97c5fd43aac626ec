import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { consoleTools, type ConsoleTool } from '../../libs/testkit/src/kafka/console-tools.ts';

/** One record as the console consumer prints it. */
export interface ConsoleRecord {
  /** `CreateTime` or `LogAppendTime`. */
  readonly timestampType: string;
  /** Epoch ms. */
  readonly timestamp: number;
  readonly partition: number;
  readonly offset: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly key: string;
  readonly value: string;
}

/** One row of `kafka-consumer-groups --describe`, by the names in its heading: `TOPIC`, `LAG`, `CLIENT-ID`, … */
export type GroupRow = Readonly<Record<string, string>>;

/** Kafka's own command-line tools: they know nothing of us, as any other client of the cluster. */
export class ConsoleClient {
  readonly #brokers: string;

  constructor(brokers: readonly string[]) {
    this.#brokers = brokers.join(',');
  }

  /** The first `count` records of a topic, from its beginning. */
  async consume(topic: string, count: number): Promise<ConsoleRecord[]> {
    const shown = ['timestamp', 'partition', 'offset', 'headers', 'key', 'value'];
    // A list of hops has commas of its own.
    const format = ['headers.separator=|', ...shown.map((part) => `print.${part}=true`)];
    const text = await this.#run('kafka-console-consumer', [
      '--from-beginning',
      '--topic',
      topic,
      '--max-messages',
      String(count),
      '--timeout-ms',
      '60000',
      ...format.flatMap((property) => ['--formatter-property', property]),
    ]);
    return text.trimEnd().split('\n').map(recordOf);
  }

  /** Writes records with headers, one after the other. */
  async produce(
    topic: string,
    records: readonly { readonly headers: Readonly<Record<string, string>>; readonly value: string }[],
  ): Promise<void> {
    const lines = records.map(({ headers, value }) => {
      const pairs = Object.entries(headers).map(([name, text]) => `${name}:${text}`);
      // A time has colons of its own: only the first one parts a header.
      return `${pairs.join('~')}\t${value}`;
    });
    const read = ['parse.headers=true', 'headers.separator=~'];
    const properties = read.flatMap((property) => ['--reader-property', property]);
    await this.#run('kafka-console-producer', ['--topic', topic, ...properties], `${lines.join('\n')}\n`);
  }

  /** What `--describe` of a group shows: offsets and lag, or with `--members` who belongs to it. */
  async describeGroup(group: string, ...more: readonly string[]): Promise<GroupRow[]> {
    const text = await this.#run('kafka-consumer-groups', ['--describe', '--group', group, ...more]);
    const [heading = '', ...rows] = text.split('\n').filter((line) => line.trim() !== '');
    const names = heading.trim().split(/\s+/);
    return rows.map((row) => {
      const cells = row.trim().split(/\s+/);
      return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']));
    });
  }

  async #run(tool: ConsoleTool, args: readonly string[], input = ''): Promise<string> {
    const [command, ...before] = (await consoleTools())(tool);
    const all = [...before, '--bootstrap-server', this.#brokers, ...args];
    const running = promisify(execFile)(command, all, { maxBuffer: 64 * 1024 * 1024 });
    running.child.stdin?.end(input);
    return (await running).stdout;
  }
}

function recordOf(line: string): ConsoleRecord {
  const [time = '', partition = '', offset = '', headers = '', key = '', value = ''] = line.split('\t');
  const [timestampType = '', timestamp] = time.split(':');
  return {
    timestampType,
    timestamp: Number(timestamp),
    partition: Number(partition.replace('Partition:', '')),
    offset: Number(offset.replace('Offset:', '')),
    headers: Object.fromEntries(
      headers.split('|').map((header) => {
        const at = header.indexOf(':');
        return [header.slice(0, at), header.slice(at + 1)];
      }),
    ),
    key,
    value,
  };
}
