import { TextInput } from '@mantine/core';
import { IconBuilding, IconSearch, IconSearchOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { LoadError } from '../../parts/load-error.tsx';
import { Pill } from '../../parts/pill.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { opsStrings } from '../../strings/ops.ts';
import { useTenants } from '../../tenants/use-tenants.ts';
import { Moment } from '../../time/moment.tsx';
import type { Tenant } from '../ops-schema.ts';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { countText } from '../parts/figure-text.ts';
import { MoreButton } from '../parts/more-button.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { TenantLink } from '../parts/tenant-link.tsx';
import classes from './tenants-page.module.css';

const words = opsStrings.tenants;

const columns: readonly Column<Tenant>[] = [
  {
    name: words.name,
    cell: ({ id, name }) => (
      <>
        <TenantLink id={id}>{name}</TenantLink>
        <span className={`mono ${classes.id ?? ''}`}>{id}</span>
      </>
    ),
  },
  { name: words.contract, cell: ({ contract }) => contract },
  {
    name: words.plan,
    cell: ({ entitled }) => (
      <Pill tone={entitled ? 'good' : 'still'}>{entitled ? words.entitled : words.notEntitled}</Pill>
    ),
  },
  { name: words.limits, cell: ({ limits }) => limitsText(limits) },
  { name: words.since, cell: ({ created_at: at }) => <Moment at={at} /> },
  {
    name: words.audit,
    cell: ({ id, name }) => (
      <Link
        to="/ops/audit"
        search={{ tenant: id }}
        className={classes.link ?? ''}
        aria-label={words.auditOf(name)}
      >
        {words.audit}
      </Link>
    ),
  },
];

function limitsText(limits: Tenant['limits']): string {
  const kinds = ['max_endpoints', 'events_per_second', 'max_payload_bytes'] as const;
  const told = kinds.flatMap((kind) => {
    const limit = limits[kind];
    return limit === null ? [] : [words.limit[kind](countText(limit))];
  });
  return told.length === 0 ? words.noLimits : told.join(', ');
}

export function TenantsPage() {
  const [wanted, setWanted] = useState('');
  const find = (
    <TextInput
      aria-label={words.find}
      placeholder={words.findHint}
      leftSection={<IconSearch size={15} aria-hidden />}
      value={wanted}
      onChange={(event) => setWanted(event.currentTarget.value)}
    />
  );
  return (
    <>
      <PageHead title={words.title} about={words.about}>
        {find}
      </PageHead>
      <Card flush>
        <Tenants wanted={wanted.trim().toLowerCase()} />
      </Card>
    </>
  );
}

function Tenants({ wanted }: { readonly wanted: string }) {
  const tenants = useTenants();
  if (tenants.data === undefined) {
    if (tenants.error === null) return <Waiting />;
    return <LoadError error={tenants.error} onRetry={() => void tenants.refetch()} />;
  }
  const all = tenants.data.pages.flatMap(({ data }) => data);
  if (all.length === 0) {
    return (
      <Empty icon={IconBuilding} title={words.none}>
        {words.noneAbout}
      </Empty>
    );
  }
  const found = all.filter(({ id, name, contract }) =>
    [id, name, contract].some((text) => text.toLowerCase().includes(wanted)),
  );
  return (
    <>
      {found.length === 0 ? (
        <Empty icon={IconSearchOff} title={words.noMatch}>
          {words.noMatchAbout}
        </Empty>
      ) : (
        <DataTable caption={words.list} columns={columns} rows={found} keyOf={({ id }) => id} />
      )}
      <MoreButton pages={tenants} />
    </>
  );
}
