import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { endpointColumns, endpointFields, endpointPath, type Endpoint } from './endpoint.ts';
import {
  commaList,
  pairs,
  secretOf,
  withLimit,
  withSecret,
  withTenant,
  type LimitOption,
  type SecretOptions,
  type TenantOption,
} from './options.ts';

interface Settings {
  readonly url?: string;
  readonly events?: readonly string[];
  readonly description?: string;
  readonly header?: Readonly<Record<string, string>>;
}

/** Gives the group, to which the actions are added. */
export function addEndpoints(cli: Cli): Command {
  const endpoints = cli.group('endpoints', "customers' URLs with their subscriptions (webhooks, in the API)");

  const create = cli.add(endpoints, 'create <url>', {
    summary: 'make one; its secret is shown this once',
    example: 'endpoints create https://example.com/hook --tenant acme --events query.completed',
    more: 'Without --secret one is made by the rule of the contract.',
  });
  withSecret(withSettings(withTenant(create)), 'the secret that the receiver knows already').option(
    '--off',
    'switched off for now',
  );
  cli.run<Settings & TenantOption & SecretOptions & { readonly off?: boolean }>(
    create,
    async ({ args, options, client, output, around }) => {
      const { events, description, header, tenant, off } = options;
      const secret = secretOf(options, around);
      const body = {
        url: args[0],
        tenant,
        events,
        description,
        headers: header,
        secret,
        active: off !== true,
      };
      const made = await client.call<Endpoint>('POST', '/webhooks', { body });
      output.one(made, endpointFields(made));
    },
  );

  const list = cli.add(endpoints, 'list', {
    summary: 'all of them, oldest first',
    example: 'endpoints list --tenant acme',
  });
  cli.run<LimitOption & TenantOption>(withLimit(withTenant(list)), async ({ options, client, output }) => {
    const { limit, tenant } = options;
    output.rows(await client.list<Endpoint>('/webhooks', limit, { tenant }), endpointColumns);
  });

  const get = cli.add(endpoints, 'get <id>', { summary: 'one of them', example: 'endpoints get wh_orders' });
  cli.run(get, async ({ args, client, output }) => {
    const found = await client.call<Endpoint>('GET', endpointPath(args[0]));
    output.one(found, endpointFields(found));
  });

  const update = cli.add(endpoints, 'update <id>', {
    summary: 'change what is named',
    example: 'endpoints update wh_orders --description "orders of the shop" --header "X-Team: ops"',
  });
  withSettings(update).option('--url <url>', 'where it goes from now on');
  cli.run<Settings>(update, async ({ args, options, client, output }) => {
    const { url, events, description, header } = options;
    const body = { url, events, description, headers: header };
    const changed = await client.call<Endpoint>('PATCH', endpointPath(args[0]), { body });
    output.one(changed, endpointFields(changed));
  });

  const remove = cli.add(endpoints, 'delete <id>', {
    summary: 'delete it; what still waits for it is cancelled',
    example: 'endpoints delete wh_old',
  });
  cli.run(remove, async ({ args, client, output }) => {
    await client.call('DELETE', endpointPath(args[0]));
    output.done(`${args[0]} deleted`, { id: args[0], deleted: true });
  });
  return endpoints;
}

function withSettings(command: Command): Command {
  return command
    .option('--events <list>', 'types that it wants, separated by commas; else all', commaList)
    .option('--description <text>', 'for people')
    .option('--header <name: value>', 'a request header of its own; may be given again', pairs(':'));
}
