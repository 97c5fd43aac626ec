import { useElementSize } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Card } from '../../parts/card.tsx';
import { overviewStrings } from '../../strings/ops-overview.ts';
import { opsStrings } from '../../strings/ops.ts';
import type { ProcessNow, Stats, Tier } from '../ops-schema.ts';
import { countText, rateText, ratioText } from '../parts/figure-text.ts';
import { Figure } from '../parts/figure.tsx';
import classes from './engine-card.module.css';
import page from './overview.module.css';
import { EngineWires } from './engine-wires.tsx';
import { enginePicture, type Box } from './engine-picture.ts';
import { TierDrawer } from './tier-drawer.tsx';

const words = overviewStrings.picture;

/** Where everything is at this moment: from the event to what became of it. */
export function EngineCard({
  stats,
  tiers,
  processes,
}: {
  readonly stats: Stats;
  readonly tiers: readonly Tier[];
  /** Undefined: it is not known who is there. */
  readonly processes: readonly ProcessNow[] | undefined;
}) {
  const { ref, width } = useElementSize();
  return (
    <div id="engine" className={page.place}>
      <Card title={words.title}>
        <div ref={ref}>
          {width === 0 ? (
            <div className={classes.place} />
          ) : (
            <Picture stats={stats} tiers={tiers} processes={processes} width={width} />
          )}
        </div>
      </Card>
    </div>
  );
}

function Picture({
  stats,
  tiers,
  processes,
  width,
}: {
  readonly stats: Stats;
  readonly tiers: readonly Tier[];
  readonly processes: readonly ProcessNow[] | undefined;
  readonly width: number;
}) {
  const picture = enginePicture(width, tiers.length);
  const { rates, attempts, backlog } = stats;
  const waiting = (due: string) => backlog.find((group) => group.due === due)?.deliveries ?? 0;
  const fullest = Math.max(0, ...stats.tiers.map(({ deliveries }) => deliveries));
  const inTiers = stats.tiers.reduce((sum, { deliveries }) => sum + deliveries, 0);
  const inFlight = attemptsInFlight(processes);
  const said = words.said(
    rateText(rates.accepted_per_second),
    rateText(rates.attempts_per_second),
    rateText(rates.delivered_per_second),
    countText(inTiers),
  );
  return (
    <div
      className={`${classes.picture ?? ''} ${classes[picture.shape] ?? ''}`}
      style={{ height: picture.height }}
      role="group"
      aria-label={words.label(said)}
    >
      <EngineWires picture={picture} stats={stats} />
      <Station box={picture.events} title={words.events} about={words.eventsAbout} strong>
        <Rate name="rates.accepted_per_second" value={rates.accepted_per_second} />
        <p className={classes.sub}>
          <Figure name="backlog.at_once.deliveries" value={waiting('at_once')} text={countText} />{' '}
          {words.atOnce}
        </p>
      </Station>
      <Station box={picture.attempts} title={words.attempts} about={words.attemptsAbout} strong tone="accent">
        <Rate name="rates.attempts_per_second" value={rates.attempts_per_second} />
        <p className={classes.sub}>
          <Figure name="attempts.success_ratio" value={attempts.success_ratio} text={ratioText} />{' '}
          {words.ratio}
          {inFlight === null ? null : (
            <>
              {' · '}
              <Figure name="processes.dispatcher.in_flight" value={inFlight} text={countText} />{' '}
              {words.inFlight}
            </>
          )}
        </p>
      </Station>
      <Station box={picture.delivered} title={words.delivered} tone="good">
        <Rate name="rates.delivered_per_second" value={rates.delivered_per_second} />
      </Station>
      <Station
        box={picture.held}
        title={words.held}
        about={words.heldAbout}
        tone={waiting('held') > 0 ? 'held' : undefined}
      >
        <Figure
          name="backlog.held.deliveries"
          value={waiting('held')}
          text={countText}
          className={classes.big}
        />
      </Station>
      <Station
        box={picture.quarantine}
        title={words.quarantine}
        about={words.quarantineAbout}
        tone={stats.quarantined > 0 ? 'bad' : undefined}
        to="/ops/quarantine"
      >
        <Figure name="quarantined" value={stats.quarantined} text={countText} className={classes.big} />
      </Station>
      <div className={classes.rail} style={placed(picture.rail)}>
        <p className={classes.railTitle}>
          <strong>{words.tiers}</strong> <span>{words.tiersAbout}</span>
        </p>
      </div>
      <ul className={classes.drawers}>
        {tiers.map((tier, index) => (
          <TierDrawer
            key={tier.name}
            tier={tier}
            waiting={stats.tiers.find(({ tier: name }) => name === tier.name)}
            fullest={fullest}
            box={picture.tiers[index]}
            shape={picture.shape}
          />
        ))}
      </ul>
    </div>
  );
}

/** Of all dispatchers together; null: it is not known who is there. */
function attemptsInFlight(processes: readonly ProcessNow[] | undefined): number | null {
  if (processes === undefined) return null;
  return processes.reduce(
    (sum, { role, in_flight: own }) => (role === 'dispatcher' ? sum + (own ?? 0) : sum),
    0,
  );
}

function Rate({ name, value }: { readonly name: string; readonly value: number }) {
  return (
    <p className={classes.big}>
      <Figure name={name} value={value} text={rateText} />
      <span className={classes.unit}>{opsStrings.perSecond}</span>
    </p>
  );
}

function Station({
  box,
  title,
  about,
  tone,
  strong = false,
  to,
  children,
}: {
  readonly box: Box;
  readonly title: string;
  readonly about?: string;
  readonly tone?: 'accent' | 'good' | 'held' | 'bad' | undefined;
  readonly strong?: boolean;
  readonly to?: '/ops/quarantine';
  readonly children: ReactNode;
}) {
  const look = [classes.station, strong ? classes.strong : '', tone === undefined ? '' : classes[tone]].join(
    ' ',
  );
  return (
    <section className={look} style={placed(box)} aria-label={title}>
      <div className={classes.head}>
        <h3 className={classes.name}>{to === undefined ? title : <Link to={to}>{title}</Link>}</h3>
        {about === undefined ? null : <span className={classes.about}>{about}</span>}
      </div>
      <div className={classes.body}>{children}</div>
    </section>
  );
}

function placed({ x, y, width, height }: Box) {
  return { left: x, top: y, width, height };
}
