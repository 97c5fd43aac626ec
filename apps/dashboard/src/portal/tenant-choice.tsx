import { Button, Tooltip } from '@mantine/core';
import { IconArrowsExchange, IconBuilding, IconSearchOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { ApiProvider } from '../api/api-context.tsx';
import { Card } from '../parts/card.tsx';
import { Empty } from '../parts/empty.tsx';
import { LinkButton } from '../parts/link-button.tsx';
import { LoadError } from '../parts/load-error.tsx';
import { Notice } from '../parts/notice.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { Frame } from '../shell/frame.tsx';
import { portalStrings } from '../strings/portal.ts';
import { shellStrings } from '../strings/shell.ts';
import { useTenants } from '../tenants/use-tenants.ts';
import classes from './tenant-choice.module.css';

const words = portalStrings.tenants;

/** A root key belongs to no tenant: it says whose page it wants to see. */
export function TenantChoice({ missing }: { readonly missing?: string }) {
  return (
    // Without the tenant that the address names: it may be the one that is not there.
    <ApiProvider>
      <Frame whose="" nav={null}>
        <div className={classes.page}>
          {missing === undefined ? null : (
            <Notice tone="wait" icon={IconSearchOff} role="alert">
              {words.missing(missing)}
            </Notice>
          )}
          <Card title={words.title} about={words.about} flush isPage>
            <Tenants />
          </Card>
        </div>
      </Frame>
    </ApiProvider>
  );
}

function Tenants() {
  const tenants = useTenants();
  if (tenants.error !== null) {
    return <LoadError error={tenants.error} onRetry={() => void tenants.refetch()} />;
  }
  if (tenants.data === undefined) return <Waiting />;
  const all = tenants.data.pages.flatMap(({ data }) => data);
  if (all.length === 0) {
    return (
      <Empty icon={IconBuilding} title={words.noneTitle}>
        {words.noneAbout}
      </Empty>
    );
  }
  return (
    <ul className={classes.list}>
      {all.map(({ id, name, contract }) => (
        <li key={id}>
          <Link to="/portal" search={{ tenant: id }} className={classes.tenant ?? ''}>
            <span>{name}</span>
            <span className="muted">{contract}</span>
            <span className={`mono muted ${classes.id ?? ''}`}>{id}</span>
          </Link>
        </li>
      ))}
      {tenants.hasNextPage ? (
        <li className={classes.more}>
          <Button
            variant="default"
            loading={tenants.isFetchingNextPage}
            onClick={() => void tenants.fetchNextPage()}
          >
            {words.more}
          </Button>
        </li>
      ) : null}
    </ul>
  );
}

/** Back to the list, or to operations, for a root key that looks at one tenant's page. */
export function TenantSwitch({ current }: { readonly current: string }) {
  return (
    <>
      <LinkButton to="/ops" variant="subtle" color="gray">
        {shellStrings.operations}
      </LinkButton>
      <Tooltip label={words.actingFor(current)}>
        <LinkButton
          to="/portal"
          search={{ tenant: undefined }}
          variant="subtle"
          color="gray"
          leftSection={<IconArrowsExchange size={15} aria-hidden />}
        >
          {words.change}
        </LinkButton>
      </Tooltip>
    </>
  );
}
