import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { Attempt, DeliveryDetail } from '../../api/schema.ts';
import { Pill, type Tone } from '../../parts/pill.tsx';
import { deliveryStrings } from '../../strings/deliveries.ts';
import { deliveryWords } from '../../strings/delivery.ts';
import { Moment } from '../../time/moment.tsx';
import { durationText, spanText } from '../../time/spans.ts';
import { AttemptDetail } from './attempt-detail.tsx';
import classes from './delivery.module.css';
import { visibleText } from './visible-text.ts';

const tones: Record<Attempt['result'], Tone> = {
  delivered: 'good',
  retry: 'bad',
  failed: 'bad',
  expired: 'bad',
  held: 'held',
  cancelled: 'still',
};

/** Every attempt of every asking, oldest first, with the waits between. The last one is open. */
export function AttemptTimeline({ delivery }: { readonly delivery: DeliveryDetail }) {
  const { attempt_log: log } = delivery;
  // Null: nobody has chosen one, so it is the newest, also when another is made meanwhile.
  const [chosen, setChosen] = useState<string | null>(null);
  const newest = log.at(-1);
  const openKey = chosen ?? (newest === undefined ? '' : keyOf(newest));
  if (log.length === 0) {
    return (
      <section>
        <h3 className={classes.section}>{deliveryWords.attempts}</h3>
        <p className="muted">{deliveryWords.noAttempts}</p>
      </section>
    );
  }
  return (
    <section>
      <h3 className={classes.section}>{deliveryWords.attempts}</h3>
      <ol className={classes.timeline}>
        {log.map((attempt, index) => {
          const key = keyOf(attempt);
          const startsChain = index === 0 || log[index - 1]?.chain !== attempt.chain;
          return (
            <li key={key}>
              {startsChain ? (
                <span className={classes.chain}>{deliveryWords.chain[attempt.asked_by]}</span>
              ) : null}
              <Entry
                delivery={delivery}
                attempt={attempt}
                isOpen={openKey === key}
                onToggle={() => setChosen(openKey === key ? '' : key)}
              />
              <Wait attempt={attempt} />
            </li>
          );
        })}
      </ol>
    </section>
  );
}

const keyOf = ({ chain, attempt, at }: Attempt) => `${String(chain)}/${String(attempt)}/${at}`;

function Entry({
  delivery,
  attempt,
  isOpen,
  onToggle,
}: {
  readonly delivery: DeliveryDetail;
  readonly attempt: Attempt;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}) {
  const { result, error, reason, duration_ms: ms } = attempt;
  const wasSent = attempt.started_at !== null;
  const answer =
    attempt.response?.status_code ?? (error === null ? null : deliveryStrings.errors[error.class]);
  return (
    <div className={classes.entry} data-tone={tones[result]}>
      <button type="button" className={classes.entryHead} aria-expanded={isOpen} onClick={onToggle}>
        <IconChevronRight size={15} className={classes.chevron ?? ''} aria-hidden />
        <span className={classes.entryName}>
          {wasSent ? deliveryWords.attempt(attempt.attempt) : deliveryWords.results[result]}
        </span>
        {answer === null ? null : (
          <Pill tone={tones[result]}>
            <span className="figures">{answer}</span>
          </Pill>
        )}
        <span className={`figures ${classes.entryFacts ?? ''}`}>
          {ms === null ? null : <span>{durationText(ms)}</span>}
          <Moment at={attempt.at} />
        </span>
      </button>
      {isOpen ? (
        <div className={classes.entryBody}>
          {error?.message === null || error === null ? null : (
            <p className={classes.error}>{visibleText(error.message)}</p>
          )}
          {reason === null ? null : <p className="muted">{deliveryStrings.reasons[reason]}</p>}
          {attempt.restamped_at === undefined ? null : <p className="muted">{deliveryWords.restamped}</p>}
          {attempt.request === null ? null : <AttemptDetail delivery={delivery} attempt={attempt} />}
        </div>
      ) : null}
    </div>
  );
}

function Wait({ attempt }: { readonly attempt: Attempt }) {
  const { next_attempt_at: nextAt, waits_in: tiers, at } = attempt;
  if (nextAt === null) return null;
  const seconds = (Date.parse(nextAt) - Date.parse(at)) / 1_000;
  return (
    <span className={`figures ${classes.wait ?? ''}`}>
      {deliveryWords.waited(spanText(seconds), tiers ?? [])}
    </span>
  );
}
