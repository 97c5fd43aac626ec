import { overviewStrings } from '../../strings/ops-overview.ts';
import type { Stats } from '../ops-schema.ts';
import { streamWidth, type EnginePicture, type Wire } from './engine-picture.ts';
import classes from './engine-wires.module.css';

const words = overviewStrings.picture;

/** The ways between the stations: as wide as what flows there, and moving where something does. Their texts say which is which. */
export function EngineWires({ picture, stats }: { readonly picture: EnginePicture; readonly stats: Stats }) {
  const { rates, attempts, window_seconds: seconds, quarantined, backlog } = stats;
  const failed = (attempts.made - attempts.delivered) / seconds;
  const held = backlog.find(({ due }) => due === 'held')?.deliveries ?? 0;
  const waits = stats.tiers.some(({ deliveries }) => deliveries > 0);
  const wires: readonly (readonly [Wire, number, string | undefined])[] = [
    ['accepted', rates.accepted_per_second, classes.neutral],
    ['delivered', rates.delivered_per_second, classes.good],
    ['held', held > 0 ? 0.3 : 0, classes.held],
    ['unreadable', quarantined > 0 ? 0.1 : 0, classes.bad],
    ['failed', failed, classes.wait],
    ['due', waits ? failed : 0, classes.neutral],
  ];
  return (
    <>
      <svg className={classes.wires} width={picture.width} height={picture.height} aria-hidden>
        <defs>
          <marker
            id="wire-end"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 0.5 7 4 0 7.5z" className={classes.head} />
          </marker>
        </defs>
        {wires.map(([wire, perSecond, tone]) => (
          <g key={wire} className={tone}>
            <path
              d={picture.wires[wire]}
              className={classes.bed}
              strokeWidth={streamWidth(perSecond)}
              markerEnd="url(#wire-end)"
            />
            {perSecond > 0 ? <path d={picture.wires[wire]} className={classes.flow} /> : null}
          </g>
        ))}
      </svg>
      {picture.shape === 'wide' ? <Labels picture={picture} /> : null}
    </>
  );
}

function Labels({ picture: { attempts, rail } }: { readonly picture: EnginePicture }) {
  const top = attempts.y + attempts.height;
  const middle = top + (rail.y - top) / 2;
  return (
    <>
      <span className={classes.label} style={{ left: attempts.x + attempts.width * 0.72 + 12, top: middle }}>
        {words.failed}
      </span>
      <span
        className={`${classes.label ?? ''} ${classes.before ?? ''}`}
        style={{ left: attempts.x + attempts.width * 0.28 - 12, top: middle }}
      >
        {words.due}
      </span>
    </>
  );
}
