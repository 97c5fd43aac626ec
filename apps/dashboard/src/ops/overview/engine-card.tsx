import { useElementSize } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Card } from '../../parts/card.tsx';
import { opsStrings } from '../../strings/ops.ts';
import type { Stats, Tier } from '../ops-schema.ts';
import { countText, rateText, ratioText } from '../parts/figure-text.ts';
import { Figure } from '../parts/figure.tsx';
import classes from './engine-card.module.css';
import { EngineWires } from './engine-wires.tsx';
import { enginePicture, type Box } from './engine-picture.ts';
import { TierDrawer } from './tier-drawer.tsx';

const words = opsStrings.picture;

/** Where everything is at this moment: from the event to what became of it. */
export function EngineCard({ stats, tiers }: { readonly stats: Stats; readonly tiers: readonly Tier[] }) {
  const { ref, width } = useElementSize();
  return (
    <div id="engine">
      <Card title={words.title}>
        <div ref={ref}>
          {width === 0 ? (
            <div className={classes.place} />
          ) : (
            <Picture stats={stats} tiers={tiers} width={width} />
          )}
        </div>
      </Card>
    </div>
  );
}

function Picture({
  stats,
  tiers,
  width,
}: {
  readonly stats: Stats;
  readonly tiers: readonly Tier[];
  readonly width: number;
}) {
  const picture = enginePicture(width, tiers.length);
  const { rates, attempts, backlog } = stats;
  const waiting = (due: string) => backlog.find((group) => group.due === due)?.deliveries ?? 0;
  const fullest = Math.max(0, ...stats.tiers.map(({ deliveries }) => deliveries));
  const inTiers = stats.tiers.reduce((sum, { deliveries }) => sum + deliveries, 0);
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
      </Station>
      <Station box={picture.attempts} title={words.attempts} about={words.attemptsAbout} strong tone="accent">
        <Rate name="rates.attempts_per_second" value={rates.attempts_per_second} />
        <p className={classes.sub}>
          <Figure name="attempts.success_ratio" value={attempts.success_ratio} text={ratioText} />{' '}
          {words.ratio}
          {' · '}
          <Figure name="backlog.at_once.deliveries" value={waiting('at_once')} text={countText} />{' '}
          {words.atOnce}
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
