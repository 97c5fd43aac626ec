import { useHotkeys } from '@mantine/hooks';
import { useRef } from 'react';
import type { Delivery } from '../../api/schema.ts';
import { Pill } from '../../parts/pill.tsx';
import rows from '../../parts/rows.module.css';
import { DeliveryPill } from '../../parts/status-pill.tsx';
import { deliveryStrings } from '../../strings/deliveries.ts';
import { Countdown, Moment } from '../../time/moment.tsx';
import { usePortal } from '../portal-context.tsx';
import { answerText } from './answer-text.ts';
import classes from './deliveries.module.css';

const words = deliveryStrings.columns;

/**
 * HL-18: a row for each delivery; it opens to its attempts. j and k walk through the rows, Enter opens one; while one is open, they
 * show the next and the one before.
 */
export function DeliveryTable({
  deliveries,
  open,
  urlOf,
  onOpen,
}: {
  readonly deliveries: readonly Delivery[];
  /** The id of the one that is shown beside the list. */
  readonly open: string | undefined;
  /** Where the list is of several endpoints. */
  readonly urlOf?: ((webhookId: string) => string | undefined) | undefined;
  readonly onOpen: (id: string) => void;
}) {
  const table = useRef<HTMLTableElement>(null);
  const walk = (step: 1 | -1) => {
    if (open === undefined) focusRow(table.current, step);
    else stepTo(deliveries, open, step, onOpen);
  };
  useHotkeys([
    ['j', () => walk(1)],
    ['k', () => walk(-1)],
  ]);
  return (
    <table className={rows.table} ref={table}>
      <thead>
        <tr>
          <th scope="col">{words.event}</th>
          <th scope="col">{words.status}</th>
          <th scope="col">{words.answer}</th>
          <th scope="col" className={rows.number}>
            {words.attempts}
          </th>
          {urlOf === undefined ? null : <th scope="col">{words.endpoint}</th>}
          <th scope="col">{words.time}</th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <Row
            key={delivery.id}
            delivery={delivery}
            isOpen={delivery.id === open}
            url={urlOf?.(delivery.webhook_id)}
            hasUrl={urlOf !== undefined}
            onOpen={() => onOpen(delivery.id)}
          />
        ))}
      </tbody>
    </table>
  );
}

function Row({
  delivery,
  isOpen,
  url,
  hasUrl,
  onOpen,
}: {
  readonly delivery: Delivery;
  readonly isOpen: boolean;
  readonly url: string | undefined;
  readonly hasUrl: boolean;
  readonly onOpen: () => void;
}) {
  const { contract } = usePortal();
  const { status, next_attempt_at: nextAt, last_status_code: code, last_error: error } = delivery;
  return (
    // The button inside is what keyboards and screen readers use; the row only makes it larger for mice.
    <tr className={rows.row} data-open={isOpen} onClick={onOpen}>
      <td>
        <span className={classes.event}>
          <span>
            <button
              type="button"
              data-row
              className={`mono ${rows.link ?? ''}`}
              aria-label={deliveryStrings.open(delivery.type)}
            >
              {delivery.type}
            </button>
            <AskedBy delivery={delivery} />
          </span>
          <span className={`mono ${rows.sub ?? ''} ${classes.eventId ?? ''}`}>{delivery.event_id}</span>
        </span>
      </td>
      <td>
        <span className={classes.standing}>
          <DeliveryPill status={status} words={contract.words} />
          {nextAt === null || status !== 'pending' ? null : (
            <span className={rows.sub}>
              {deliveryStrings.next} <Countdown at={nextAt} />
            </span>
          )}
        </span>
      </td>
      <td data-label={words.answer}>
        <span className={`figures ${toneOf(code, error) === 'bad' ? (classes.bad ?? '') : ''}`}>
          {answerText(delivery)}
        </span>
      </td>
      <td className={`figures ${rows.number ?? ''}`} data-label={words.attempts}>
        {delivery.attempts}
      </td>
      {hasUrl ? (
        <td className={classes.endpoint}>
          <span className="mono">{url ?? delivery.webhook_id}</span>
        </td>
      ) : null}
      <td className={classes.time}>
        <Moment at={delivery.created_at} />
      </td>
    </tr>
  );
}

function AskedBy({ delivery }: { readonly delivery: Delivery }) {
  if (delivery.test) return <Badge text={deliveryStrings.test} />;
  if (delivery.asked_by === 'replay') return <Badge text={deliveryStrings.replay} />;
  if (delivery.asked_by === 'release') return <Badge text={deliveryStrings.release} />;
  return null;
}

function Badge({ text }: { readonly text: string }) {
  return (
    <span className={classes.badge}>
      <Pill tone="accent">{text}</Pill>
    </span>
  );
}

function toneOf(code: number | null, error: Delivery['last_error']): 'bad' | 'still' {
  if (code !== null) return code >= 200 && code < 300 ? 'still' : 'bad';
  return error === null ? 'still' : 'bad';
}

function focusRow(table: HTMLTableElement | null, step: 1 | -1): void {
  const buttons = [...(table?.querySelectorAll<HTMLButtonElement>('button[data-row]') ?? [])];
  const at = buttons.findIndex((button) => button === document.activeElement);
  buttons[Math.min(buttons.length - 1, Math.max(0, at + step))]?.focus();
}

function stepTo(
  deliveries: readonly Delivery[],
  open: string,
  step: 1 | -1,
  onOpen: (id: string) => void,
): void {
  const at = deliveries.findIndex(({ id }) => id === open);
  const next = at === -1 ? undefined : deliveries[at + step];
  if (next !== undefined) onOpen(next.id);
}
