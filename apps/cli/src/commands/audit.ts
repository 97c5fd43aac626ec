import type { Cli } from '../cli.ts';
import type { Column } from '../output/table.ts';
import { withLimit, withTenant, type LimitOption, type TenantOption } from './options.ts';

interface Entry {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly type: string;
  readonly subject: { readonly kind: string; readonly id: string } | null;
  readonly tenant: string | null;
}

const columns: readonly Column<Entry>[] = [
  { head: 'at', of: ({ at }) => at },
  { head: 'what', of: ({ type }) => type },
  { head: 'of', of: ({ subject }) => (subject === null ? null : `${subject.kind} ${subject.id}`) },
  { head: 'by', of: ({ actor }) => actor },
  { head: 'tenant', of: ({ tenant }) => tenant },
];

interface Filter extends TenantOption, LimitOption {
  readonly actor?: string;
  readonly type?: string;
  readonly subject?: string;
  readonly since?: string;
  readonly until?: string;
}

export function addAudit(cli: Cli): void {
  const audit = cli.add(cli.program, 'audit', {
    summary: 'who decided what, newest first',
    example: 'audit --subject wh_orders --limit 20',
    more: 'With --output json also before and after of each, without secrets.',
  });
  withLimit(withTenant(audit))
    .option('--actor <actor>', 'of one actor')
    .option('--type <type>', 'of one type, such as endpoint.updated')
    .option('--subject <id>', 'about one tenant, key or endpoint')
    .option('--since <time>', 'at or after this moment (RFC 3339)')
    .option('--until <time>', 'at or before it');
  cli.run<Filter>(audit, async ({ options, client, output }) => {
    const { limit, tenant, actor, type, subject, since, until } = options;
    const query = { tenant, actor, type, subject, since, until };
    output.rows(await client.list<Entry>('/audit', limit, query), columns);
  });
}
