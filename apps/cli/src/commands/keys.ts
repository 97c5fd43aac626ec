import type { Cli } from '../cli.ts';
import type { Column } from '../output/table.ts';
import { commaList, withLimit, withTenant, type LimitOption, type TenantOption } from './options.ts';

interface Key {
  readonly id: string;
  readonly prefix: string;
  readonly name: string;
  readonly tenant: string | null;
  readonly scopes: readonly string[];
  readonly expires_at: string | null;
  readonly created_at: string;
  /** In the answer that made it. */
  readonly key?: string;
}

const columns: readonly Column<Key>[] = [
  { head: 'id', of: ({ id }) => id },
  { head: 'begins', of: ({ prefix }) => prefix },
  { head: 'name', of: ({ name }) => name },
  { head: 'tenant', of: ({ tenant }) => tenant ?? '(root)' },
  { head: 'expires', of: (key) => key.expires_at ?? 'never' },
  { head: 'scopes', of: ({ scopes }) => scopes },
];

interface Created extends TenantOption {
  readonly name: string;
  readonly scopes?: readonly string[];
  readonly expiresAt?: string;
}

export function addKeys(cli: Cli): void {
  const keys = cli.group('keys', 'what callers of the API show');

  const create = cli.add(keys, 'create', {
    summary: 'make a key; it is shown this once',
    example: 'keys create --name "acme backend" --tenant acme --scopes events:write,events:read',
    more: 'Without --tenant it is a root key. With --output quiet only the key itself is shown.',
  });
  create
    .requiredOption('--name <name>', 'what people call it')
    .option('--scopes <list>', 'what it may do, separated by commas', commaList)
    .option('--expires-at <time>', 'RFC 3339; else never');
  cli.run<Created>(withTenant(create), async ({ options, client, output }) => {
    const { name, tenant, scopes, expiresAt } = options;
    const body = { name, tenant, scopes, expires_at: expiresAt };
    const made = await client.call<Key>('POST', '/keys', { body });
    const fields = [
      ['key', made.key],
      ['id', made.id],
      ['tenant', made.tenant ?? '(root)'],
      ['scopes', made.scopes],
      ['expires', made.expires_at ?? 'never'],
    ] as const;
    output.one(made, fields, made.key);
  });

  const list = cli.add(keys, 'list', {
    summary: 'names and first characters',
    example: 'keys list --tenant acme',
  });
  cli.run<LimitOption & TenantOption>(withLimit(withTenant(list)), async ({ options, client, output }) => {
    output.rows(await client.list<Key>('/keys', options.limit, { tenant: options.tenant }), columns);
  });

  const revoke = cli.add(keys, 'revoke <id>', {
    summary: 'no call is answered to it any more, at once',
    example: 'keys revoke key_old',
  });
  cli.run(revoke, async ({ args, client, output }) => {
    await client.call('DELETE', `/keys/${encodeURIComponent(args[0] ?? '')}`);
    output.done(`${args[0]} revoked`, { id: args[0], revoked: true });
  });
}
