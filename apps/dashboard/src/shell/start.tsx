import { Navigate } from '@tanstack/react-router';
import { ApiProvider, useMe } from '../api/api-context.tsx';
import { LoadError } from '../parts/load-error.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { Frame } from './frame.tsx';

/** Where a credential's own pages are: an operator's, or a customer's. */
export function Start() {
  return (
    <ApiProvider>
      <ByCredential />
    </ApiProvider>
  );
}

function ByCredential() {
  const me = useMe();
  if (me.error !== null) {
    return (
      <Frame whose="" nav={null}>
        <LoadError error={me.error} onRetry={() => void me.refetch()} />
      </Frame>
    );
  }
  if (me.data === undefined) return <Waiting />;
  const { tenant, scopes } = me.data;
  return tenant === null && scopes.includes('admin') ? (
    <Navigate to="/ops" replace />
  ) : (
    <Navigate to="/portal" replace />
  );
}
