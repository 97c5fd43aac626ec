import { Moment } from '../../time/moment.tsx';
import { endpointStrings } from '../../strings/endpoint.ts';
import { answerText } from '../deliveries/answer-text.ts';
import { useDeliveries } from '../queries.ts';

/** The newest failed delivery in a line: what disabled the endpoint, as often as not. */
export function LastFailure({ webhookId }: { readonly webhookId: string }) {
  const failed = useDeliveries({ webhook: webhookId, status: 'failed' }, 1);
  const [last] = failed.data?.data ?? [];
  if (last === undefined) return null;
  return (
    <div>
      {endpointStrings.failedLast} <strong className="figures">{answerText(last)}</strong>
      {' · '}
      <span className="mono">{last.type}</span>
      {' · '}
      <Moment at={last.updated_at} />
    </div>
  );
}
