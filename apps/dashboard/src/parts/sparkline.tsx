import { barsOf, type BarCounts } from './bars.ts';
import classes from './sparkline.module.css';

const HEIGHT = 28;
const STEP = 6;
const WIDTH = 4.5;

/** A small picture of what happened, span by span; `label` says the same in words. */
export function Sparkline({
  spans,
  label,
}: {
  readonly spans: readonly BarCounts[];
  readonly label: string;
}) {
  return (
    <svg
      className={classes.chart}
      viewBox={`0 0 ${String(spans.length * STEP)} ${String(HEIGHT)}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {barsOf(spans, { height: HEIGHT, step: STEP, least: 2 }).map(({ kind, x, y, height }) => (
        <rect
          key={`${kind}${String(x)}`}
          className={classes[kind]}
          x={x}
          y={y}
          width={WIDTH}
          height={height}
        />
      ))}
    </svg>
  );
}
