import type { Cli } from '../cli.ts';
import type { Column } from '../output/table.ts';
import { pairs, secretOf, withLimit, withSecret, type LimitOption, type SecretOptions } from './options.ts';

interface Tenant {
  readonly id: string;
  readonly name: string;
  readonly contract: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly entitled: boolean;
  readonly has_secret: boolean;
  readonly created_at: string;
}

const columns: readonly Column<Tenant>[] = [
  { head: 'id', of: ({ id }) => id },
  { head: 'name', of: ({ name }) => name },
  { head: 'contract', of: ({ contract }) => contract },
  { head: 'webhooks', of: ({ entitled }) => (entitled ? 'yes' : 'not in plan') },
  { head: 'created', of: (tenant) => tenant.created_at },
];

const fieldsOf = (tenant: Tenant) =>
  [
    ['id', tenant.id],
    ['name', tenant.name],
    ['contract', tenant.contract],
    ...Object.entries(tenant.attributes).map(([name, value]) => [name, value] as const),
    ['webhooks', tenant.entitled ? 'yes' : 'not in plan'],
    ['secret', tenant.has_secret ? 'set' : '–'],
    ['created', tenant.created_at],
  ] as const;

interface Changes extends SecretOptions {
  readonly name?: string;
  readonly contract?: string;
  readonly attribute?: Readonly<Record<string, string>>;
  readonly webhooks?: boolean;
}

const path = (id: string | undefined): string => `/tenants/${encodeURIComponent(id ?? '')}`;

export function addTenants(cli: Cli): void {
  const tenants = cli.group('tenants', 'the customers whose endpoints receive webhooks');

  const create = cli.add(tenants, 'create <id>', {
    summary: 'make a tenant',
    example: 'tenants create globex --name "Globex Inc." --contract hyprwatch',
  });
  create
    .requiredOption('--name <name>', 'what people call it')
    .option('--contract <id>', 'the wire contract; it never changes (default: standard-webhooks)')
    .option('--attribute <name=value>', 'as its contract asks; may be given again', pairs('='))
    .option('--no-webhooks', 'its plan has no webhooks');
  withSecret(create, "where the contract signs with the tenant's own");
  cli.run<Changes>(create, async ({ args, options, client, output, around }) => {
    const { name, contract, attribute, webhooks } = options;
    const body = {
      id: args[0],
      name,
      contract,
      attributes: attribute,
      secret: secretOf(options, around),
      entitled: webhooks,
    };
    const made = await client.call<Tenant>('POST', '/tenants', { body });
    output.one(made, fieldsOf(made));
  });

  const list = cli.add(tenants, 'list', { summary: 'all of them, oldest first', example: 'tenants list' });
  cli.run<LimitOption>(withLimit(list), async ({ options, client, output }) => {
    output.rows(await client.list<Tenant>('/tenants', options.limit), columns);
  });

  const get = cli.add(tenants, 'get <id>', { summary: 'one of them', example: 'tenants get acme' });
  cli.run(get, async ({ args, client, output }) => {
    const found = await client.call<Tenant>('GET', path(args[0]));
    output.one(found, fieldsOf(found));
  });

  const update = cli.add(tenants, 'update <id>', {
    summary: 'change what is named',
    example: 'tenants update globex --name "Globex Corporation"',
  });
  update
    .option('--name <name>', 'what people call it')
    .option('--attribute <name=value>', 'as its contract asks; may be given again', pairs('='))
    .option('--webhooks', 'its plan has webhooks')
    .option('--no-webhooks', 'its plan has none');
  cli.run<Changes>(update, async ({ args, options, client, output }) => {
    const { name, attribute, webhooks } = options;
    const body = { name, attributes: attribute, entitled: webhooks };
    const changed = await client.call<Tenant>('PATCH', path(args[0]), { body });
    output.one(changed, fieldsOf(changed));
  });

  const remove = cli.add(tenants, 'delete <id>', {
    summary: 'delete it, with its endpoints and keys, at once',
    example: 'tenants delete globex',
  });
  cli.run(remove, async ({ args, client, output }) => {
    await client.call('DELETE', path(args[0]));
    output.done(`${args[0]} deleted`, { id: args[0], deleted: true });
  });
}
