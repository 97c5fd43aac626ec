import { useParams } from '@tanstack/react-router';
import { hasStatus } from '../../api/api-problem.ts';
import { IconWebhookOff } from '@tabler/icons-react';
import { Empty } from '../../parts/empty.tsx';
import { LoadError } from '../../parts/load-error.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { endpointStrings } from '../../strings/endpoint.ts';
import { useWebhook } from '../queries.ts';
import { BackToEndpoints } from './back-to-endpoints.tsx';
import { EndpointSettings } from './endpoint-settings.tsx';

export function EndpointPage() {
  const { id } = useParams({ from: '/portal/endpoints/$id' });
  const webhook = useWebhook(id);
  // What was shown goes on being shown while the history is away.
  if (webhook.data !== undefined && !hasStatus(webhook.error, 404)) {
    return <EndpointSettings key={id} {...webhook.data} />;
  }
  if (hasStatus(webhook.error, 404)) {
    return <Empty isPage icon={IconWebhookOff} title={endpointStrings.gone} actions={<BackToEndpoints />} />;
  }
  if (webhook.error !== null) {
    return <LoadError error={webhook.error} onRetry={() => void webhook.refetch()} />;
  }
  return <Waiting />;
}
