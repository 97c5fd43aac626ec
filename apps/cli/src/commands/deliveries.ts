import type { Cli } from '../cli.ts';
import { table, type Column } from '../output/table.ts';
import { withLimit, withTenant, type LimitOption, type TenantOption } from './options.ts';

interface Delivery {
  readonly id: string;
  readonly webhook_id: string;
  readonly event_id: string;
  readonly type: string;
  readonly tenant: string;
  readonly status: string;
  readonly reason: string | null;
  readonly attempts: number;
  readonly last_status_code: number | null;
  readonly last_error: string | null;
  readonly next_attempt_at: string | null;
  readonly created_at: string;
}

interface Attempt {
  readonly attempt: number;
  readonly chain: number;
  readonly asked_by: string;
  readonly result: string;
  readonly at: string;
  readonly duration_ms: number | null;
  readonly response: { readonly status_code: number; readonly body: string } | null;
  readonly error: { readonly class: string; readonly message: string | null } | null;
}

const statusOf = ({ status, reason }: Delivery): string =>
  reason === null ? status : `${status} (${reason})`;
const answerOf = (delivery: Delivery): unknown => delivery.last_status_code ?? delivery.last_error;

const columns: readonly Column<Delivery>[] = [
  { head: 'id', of: ({ id }) => id },
  { head: 'status', of: statusOf },
  { head: 'answer', of: answerOf },
  { head: 'tries', of: ({ attempts }) => attempts },
  { head: 'type', of: ({ type }) => type },
  { head: 'event', of: (delivery) => delivery.event_id },
  { head: 'endpoint', of: (delivery) => delivery.webhook_id },
  { head: 'created', of: (delivery) => delivery.created_at },
];

const attemptColumns: readonly Column<Attempt>[] = [
  { head: 'chain', of: ({ chain }) => chain },
  { head: 'try', of: ({ attempt }) => attempt },
  { head: 'result', of: ({ result }) => result },
  { head: 'at', of: ({ at }) => at },
  { head: 'ms', of: (attempt) => attempt.duration_ms },
  { head: 'answer', of: ({ response, error }) => response?.status_code ?? error?.class },
  { head: 'said', of: ({ response, error }) => response?.body ?? error?.message },
];

interface Filter extends TenantOption, LimitOption {
  readonly endpoint?: string;
  readonly event?: string;
  readonly status?: string;
  readonly type?: string;
}

const path = (id: string | undefined, action = ''): string =>
  `/deliveries/${encodeURIComponent(id ?? '')}${action}`;

export function addDeliveries(cli: Cli): void {
  const deliveries = cli.group('deliveries', 'what became of each event at each endpoint');

  const list = cli.add(deliveries, 'list', {
    summary: 'newest first',
    example: 'deliveries list --tenant acme --endpoint wh_orders --status delivered',
  });
  withLimit(withTenant(list))
    .option('--endpoint <id>', 'of one endpoint')
    .option('--event <id>', 'of one event')
    .option('--status <status>', 'pending, delivered, failed, expired, held or cancelled')
    .option('--type <type>', 'of one event type');
  cli.run<Filter>(list, async ({ options, client, output }) => {
    const { limit, tenant, endpoint, event, status, type } = options;
    const query = { tenant, webhook: endpoint, event, status, type };
    output.rows(await client.list<Delivery>('/deliveries', limit, query), columns);
  });

  const get = cli.add(deliveries, 'get <id>', {
    summary: 'one of them, with every attempt',
    example: 'deliveries get e26691c9-36b1-5a7e-8804-10c04f1796bb',
    more: 'What receivers answered is text of strangers: it is shown in one line, without what a terminal would obey.',
  });
  cli.run(get, async ({ args, client, output }) => {
    const found = await client.call<Delivery & { readonly attempt_log: readonly Attempt[] }>(
      'GET',
      path(args[0]),
    );
    output.one(found, [
      ['id', found.id],
      ['status', statusOf(found)],
      ['type', found.type],
      ['event', found.event_id],
      ['endpoint', found.webhook_id],
      ['tenant', found.tenant],
      ['next try', found.next_attempt_at],
      ['created', found.created_at],
    ]);
    output.say('');
    output.say(table(attemptColumns, found.attempt_log, output.width));
  });

  const retry = cli.add(deliveries, 'retry <id>', {
    summary: 'send it once more: the same bytes, a schedule of its own',
    example: 'deliveries retry e26691c9-36b1-5a7e-8804-10c04f1796bb',
  });
  retry.option('--restamp', 'write a new timestamp into the body, where the contract asks for it');
  cli.run<{ readonly restamp?: boolean }>(retry, async ({ args, options, client, output }) => {
    const body = options.restamp === true ? { restamp: true } : undefined;
    const asked = await client.call<{
      readonly delivery_id: string;
      readonly status: string;
      readonly chain: number;
    }>('POST', path(args[0], '/retry'), { body });
    const fields = [
      ['delivery', asked.delivery_id],
      ['status', asked.status],
      ['chain', asked.chain],
    ] as const;
    output.one(asked, fields, asked.delivery_id);
  });
}
