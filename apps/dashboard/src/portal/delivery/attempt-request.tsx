import type { Attempt, DeliveryDetail } from '../../api/schema.ts';
import { CodeText } from '../../parts/code-text.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { deliveryWords } from '../../strings/delivery.ts';
import { goneText, sentBodyOf } from './sent-body.ts';
import { headerText } from './header-text.ts';
import classes from './delivery.module.css';

/** The bytes and headers that left. */
export function AttemptRequest({
  delivery,
  attempt,
}: {
  readonly delivery: DeliveryDetail;
  readonly attempt: Attempt;
}) {
  const body = sentBodyOf(delivery, attempt);
  const { request } = attempt;
  if (request === null) return null;
  const headers = headerText(request.headers ?? {});
  return (
    <div className={classes.part}>
      <CodeText text={`${deliveryWords.sentTo} ${request.url}`} label={deliveryWords.sentTo} />
      <span className={classes.label}>
        {deliveryWords.headers} <CopyButton value={headers} what={deliveryWords.headersWhat} />
      </span>
      <CodeText text={headers} label={deliveryWords.headers} />
      <span className={classes.label}>
        {deliveryWords.body}
        {body === null ? null : (
          <>
            <span className="muted figures">
              {deliveryWords.bodyBytes(new TextEncoder().encode(body).byteLength)}
            </span>
            <CopyButton value={body} what={deliveryWords.bodyWhat} />
          </>
        )}
      </span>
      {body === null ? (
        <p className="muted">{goneText(delivery)}</p>
      ) : (
        <CodeText text={body} label={deliveryWords.body} />
      )}
    </div>
  );
}
