import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { IconLock } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { ApiProvider, useMe } from '../api/api-context.tsx';
import { LiveProvider } from '../live/live.tsx';
import { Empty } from '../parts/empty.tsx';
import { LinkButton } from '../parts/link-button.tsx';
import { LoadError } from '../parts/load-error.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { Frame } from '../shell/frame.tsx';
import { opsStrings } from '../strings/ops.ts';
import { shellStrings } from '../strings/shell.ts';

/** The operator's pages: of the whole installation, for keys of no tenant with the scope `admin`. */
export function OpsFrame() {
  return (
    <ApiProvider>
      <Operators />
    </ApiProvider>
  );
}

function Operators() {
  const me = useMe();
  if (me.error !== null) {
    return (
      <Frame whose={shellStrings.operations} nav={null}>
        <LoadError error={me.error} onRetry={() => void me.refetch()} />
      </Frame>
    );
  }
  if (me.data === undefined) return <Waiting />;
  const { tenant, scopes } = me.data;
  if (tenant !== null || !scopes.includes('admin')) {
    return (
      <Frame whose={shellStrings.operations} nav={null}>
        <NotForTenants />
      </Frame>
    );
  }
  return (
    <LiveProvider wantsStats>
      <Frame whose={shellStrings.operations} nav={<OpsNav />}>
        <Outlet />
      </Frame>
    </LiveProvider>
  );
}

function NotForTenants() {
  const away = (
    <LinkButton to="/portal" variant="default">
      {shellStrings.customerPages}
    </LinkButton>
  );
  return (
    <Empty icon={IconLock} title={opsStrings.lockedTitle} actions={away}>
      {opsStrings.lockedAbout}
    </Empty>
  );
}

function OpsNav() {
  const { nav } = opsStrings;
  const path = useLocation({ select: ({ pathname }) => pathname });
  const here = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    // On a phone the row is longer than the screen: where one is must be seen.
    here.current?.parentElement
      ?.querySelector('a[data-status="active"]')
      ?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [path]);
  return (
    <>
      <span ref={here} hidden />
      <Link to="/ops" activeOptions={{ exact: true }}>
        {nav.overview}
      </Link>
      <Link to="/ops/quarantine">{nav.quarantine}</Link>
      <Link to="/ops/replays">{nav.replays}</Link>
      <Link to="/ops/audit" activeOptions={{ includeSearch: false }}>
        {nav.audit}
      </Link>
      <Link to="/ops/tenants">{nav.tenants}</Link>
      <Link to="/ops/catalogue">{nav.catalogue}</Link>
    </>
  );
}
