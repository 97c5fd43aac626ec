import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClockExclamation,
  IconHandStop,
  IconPlugConnectedX,
  IconVolumeOff,
  IconBiohazard,
  type Icon,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { opsStrings } from '../../strings/ops.ts';
import { spanText } from '../../time/spans.ts';
import type { ProcessNow, Stats } from '../ops-schema.ts';
import { countText, ratioText } from '../parts/figure-text.ts';
import { concernsOf, LATE_SECONDS, SUCCESS_WANTED, type Concern, type Judged } from './concerns.ts';
import classes from './verdict.module.css';

const words = opsStrings.overview;
const say = words.concerns;

const marks: Record<Concern['about'], Icon> = {
  missing: IconPlugConnectedX,
  overdue: IconClockExclamation,
  success: IconAlertTriangle,
  disabled: IconHandStop,
  quarantine: IconBiohazard,
  silence: IconVolumeOff,
};

/** The answer to "must I get up?": all that is wrong, the gravest first, or that nothing is. */
export function Verdict({
  stats,
  processes,
}: {
  readonly stats: Stats;
  /** Undefined: it is not known who is there. */
  readonly processes: readonly ProcessNow[] | undefined;
}) {
  const concerns = concernsOf(stats, processes);
  if (concerns.length === 0) {
    return (
      <section className={`${classes.verdict ?? ''} ${classes.well ?? ''}`} aria-label={words.concernsLabel}>
        <IconCircleCheck size={20} aria-hidden />
        <div>
          <h2 className={classes.title}>{words.wellTitle}</h2>
          <p className={classes.about}>
            {words.well(spanText(LATE_SECONDS), `${String(SUCCESS_WANTED * 100)} %`)}
          </p>
        </div>
      </section>
    );
  }
  return (
    <section aria-label={words.concernsLabel}>
      <ul className={classes.list}>
        {concerns.map((judged) => (
          <Item key={judged.concern.about} judged={judged} />
        ))}
      </ul>
    </section>
  );
}

function Item({ judged: { concern, grave } }: { readonly judged: Judged }) {
  const Mark = marks[concern.about];
  const [title, about] = textOf(concern);
  return (
    <li
      className={`${classes.verdict ?? ''} ${(grave ? classes.grave : classes.mild) ?? ''}`}
      data-concern={concern.about}
    >
      <Mark size={20} aria-hidden />
      <div>
        <h2 className={classes.title}>{title}</h2>
        <p className={classes.about}>
          {about} <Where about={concern.about} />
        </p>
      </div>
    </li>
  );
}

function textOf(concern: Concern): readonly [title: string, about: string] {
  switch (concern.about) {
    case 'overdue': {
      const { deliveries, seconds } = concern;
      const late = words.deliveries(deliveries, countText(deliveries));
      return [say.overdue(late, spanText(seconds)), say.overdueAbout];
    }
    case 'missing':
      return [say.missing(concern.roles.join(', ')), say.missingAbout];
    case 'success':
      return [say.success(ratioText(concern.ratio)), say.successAbout(countText(concern.made))];
    case 'disabled':
      return [
        say.disabled(words.endpoints(concern.endpoints, countText(concern.endpoints))),
        say.disabledAbout,
      ];
    case 'quarantine':
      return [
        say.quarantine(words.records(concern.records, countText(concern.records))),
        say.quarantineAbout,
      ];
    case 'silence':
    default:
      return [say.silence(spanText(concern.seconds)), say.silenceAbout];
  }
}

const anchors: Readonly<Partial<Record<Concern['about'], string>>> = {
  overdue: 'engine',
  success: 'worst',
  disabled: 'disabled',
};

function Where({ about }: { readonly about: Concern['about'] }): ReactNode {
  if (about === 'quarantine') return <Link to="/ops/quarantine">{words.show}</Link>;
  const hash = anchors[about];
  return hash === undefined ? null : (
    <Link to="/ops" hash={hash}>
      {words.show}
    </Link>
  );
}
