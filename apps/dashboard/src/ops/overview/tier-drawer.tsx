import { overviewStrings } from '../../strings/ops-overview.ts';
import { Countdown } from '../../time/moment.tsx';
import { spanText } from '../../time/spans.ts';
import type { Stats, Tier } from '../ops-schema.ts';
import { countText } from '../parts/figure-text.ts';
import { Figure } from '../parts/figure.tsx';
import { fillOf, type Box, type EnginePicture } from './engine-picture.ts';
import classes from './tier-drawer.module.css';

const words = overviewStrings.picture;
/** Due for longer, it is drawn as late. Attempts under way still stand here, and may take half a minute. */
const LATE = 60;

/** One tier: how many wait there, and when the first of them is due. */
export function TierDrawer({
  tier,
  waiting,
  fullest,
  box,
  shape,
}: {
  readonly tier: Tier;
  /** Undefined: it is empty. */
  readonly waiting: Stats['tiers'][number] | undefined;
  readonly fullest: number;
  readonly box: Box | undefined;
  readonly shape: EnginePicture['shape'];
}) {
  if (box === undefined) return null;
  const { x: left, y: top, width, height } = box;
  const deliveries = waiting?.deliveries ?? 0;
  const lateBy = waiting?.oldest_due_seconds ?? 0;
  const fill = `${String(Math.round(fillOf(deliveries, fullest) * 1_000) / 10)}%`;
  const name = `tiers.${tier.name}`;
  const look = [
    classes.drawer,
    classes[shape],
    lateBy > LATE ? classes.late : '',
    deliveries === 0 ? classes.empty : '',
  ];
  return (
    <li className={look.join(' ')} style={{ left, top, width, height }} data-tier={tier.name}>
      <span
        className={classes.level}
        style={shape === 'wide' ? { height: fill } : { width: fill }}
        aria-hidden
      />
      <span className={classes.name}>{spanText(tier.delay_seconds)}</span>
      <Figure name={`${name}.deliveries`} value={deliveries} text={countText} className={classes.count} />
      <span className={classes.due}>
        {waiting === undefined ? (
          words.empty
        ) : lateBy > 0 ? (
          <Figure
            name={`${name}.oldest_due_seconds`}
            value={lateBy}
            text={(late) => (late < 1 ? words.dueNow : words.overdue(spanText(late)))}
          />
        ) : (
          <>
            {words.dueLater} <Countdown at={waiting.oldest_due_at} />
          </>
        )}
      </span>
    </li>
  );
}
