import { IconWebhook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { dataOf } from '../../api/api-client.ts';
import { useApi } from '../../api/api-context.tsx';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { LoadError } from '../../parts/load-error.tsx';
import { EndpointPill } from '../../parts/status-pill.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { portalStrings } from '../../strings/portal.ts';

const words = portalStrings.endpoints;

export function EndpointList() {
  const { api, tenant } = useApi();
  const webhooks = useQuery({
    queryKey: ['webhooks', tenant, 'list'],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/v1/webhooks', { signal, params: { query: { limit: '100' } } })),
  });
  if (webhooks.error !== null) {
    return <LoadError error={webhooks.error} onRetry={() => void webhooks.refetch()} />;
  }
  if (webhooks.data === undefined) return <Waiting />;
  return (
    <Card title={words.title} about={words.about}>
      {webhooks.data.data.length === 0 ? (
        <Empty icon={IconWebhook} title={words.noneTitle}>
          {words.noneAbout}
        </Empty>
      ) : (
        webhooks.data.data.map(({ id, url, status }) => (
          <p key={id}>
            <span className="mono">{url}</span> <EndpointPill status={status} text={words.status[status]} />
          </p>
        ))
      )}
    </Card>
  );
}
