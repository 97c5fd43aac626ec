import type { Cli } from '../cli.ts';
import type { Around } from '../around.ts';
import { UsageError } from '../usage-error.ts';
import { readText, withTenant, type TenantOption } from './options.ts';

interface Sent extends TenantOption {
  readonly id?: string;
  readonly data: string;
  readonly occurredAt?: string;
}

export function addSend(cli: Cli): void {
  const send = cli.add(cli.program, 'send <type>', {
    summary: 'publish one event',
    example:
      'send host.online --tenant acme --id evt_1 --data \'{"host_id":"h_1","hostname":"web-1","platform":"linux"}\'',
    more: 'The same id again is delivered once: give one, and a call that was not answered can be made again.',
  });
  withTenant(send)
    .option('--id <id>', 'of the event; else one is made')
    .option('--data <json>', 'the data; @file reads a file, - the standard input', '{}')
    .option('--occurred-at <time>', 'RFC 3339; else now');
  cli.run<Sent>(send, async ({ args, options, client, output, around }) => {
    const { id, tenant, occurredAt } = options;
    const head = JSON.stringify({ id, type: args[0], tenant, occurred_at: occurredAt });
    const data = await dataOf(options.data, around);
    // As text, not as a value: 1.0 stays 1.0, and names stay in their order.
    const json = `${head.slice(0, -1)},"data":${data}}`;
    const taken = await client.call<{ readonly id: string; readonly status: string }>('POST', '/events', {
      json,
    });
    output.one(taken, [
      ['id', taken.id],
      ['status', taken.status],
    ]);
  });
}

async function dataOf(given: string, around: Around): Promise<string> {
  const text =
    given === '-'
      ? await read(around.stdin)
      : given.startsWith('@')
        ? readText(given.slice(1), around)
        : given;
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    throw new UsageError(`--data is not JSON: ${(error as Error).message}`);
  }
}

async function read(stdin: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
