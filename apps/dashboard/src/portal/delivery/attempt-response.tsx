import type { Attempt } from '../../api/schema.ts';
import { CodeText } from '../../parts/code-text.tsx';
import { deliveryWords } from '../../strings/delivery.ts';
import { headerText } from './header-text.ts';
import { visibleText } from './visible-text.ts';
import classes from './delivery.module.css';

/** A stranger's text: text nodes, whatever it says. */
export function AttemptResponse({ response }: { readonly response: Attempt['response'] }) {
  if (response === null) return <p className="muted">{deliveryWords.noResponse}</p>;
  const { headers, body, bytes, truncated } = response;
  return (
    <div className={classes.part}>
      {headers === null ? null : (
        <>
          <span className={classes.label}>{deliveryWords.responseHeaders}</span>
          <CodeText text={visibleText(headerText(headers))} label={deliveryWords.responseHeaders} />
        </>
      )}
      <span className={classes.label}>
        {deliveryWords.responseBody} <span className="muted">{deliveryWords.responseStranger}</span>
      </span>
      {body === null || body === '' ? (
        <p className="muted">{deliveryWords.responseEmpty}</p>
      ) : (
        <CodeText text={visibleText(body)} label={deliveryWords.responseBody} />
      )}
      {truncated && bytes !== null ? <p className="muted">{deliveryWords.responseCut(bytes)}</p> : null}
    </div>
  );
}
