import type { ProcessNow, Stats } from '../ops-schema.ts';

export type Concern =
  | { readonly about: 'missing'; readonly roles: readonly string[] }
  | { readonly about: 'overdue'; readonly deliveries: number; readonly seconds: number }
  | { readonly about: 'success'; readonly ratio: number; readonly made: number }
  | { readonly about: 'disabled'; readonly endpoints: number }
  | { readonly about: 'quarantine'; readonly records: number }
  | { readonly about: 'silence'; readonly seconds: number };

export interface Judged {
  readonly concern: Concern;
  readonly grave: boolean;
}

/** A delivery that is due for longer than this is late: retries start within 50 ms, an attempt takes 30 s at most. */
export const LATE_SECONDS = 60;
/** From here on somebody is to be woken. */
const VERY_LATE_SECONDS = 300;
export const SUCCESS_WANTED = 0.95;
const SUCCESS_GRAVE = 0.8;
/** Of fewer attempts nothing can be said. */
const ENOUGH_ATTEMPTS = 20;

/** What an operator who is woken at night has to know, the gravest first; empty: nothing. */
export function concernsOf(stats: Stats, processes?: readonly ProcessNow[]): readonly Judged[] {
  const found = [
    missing(processes),
    overdue(stats),
    success(stats),
    quarantine(stats),
    disabled(stats),
    silence(stats),
  ].filter((judged) => judged !== null);
  return [...found.filter(({ grave }) => grave), ...found.filter(({ grave }) => !grave)];
}

/** Without one of each of these something stands still. Who asks has an admin before it. */
const NEEDED = ['ingestion', 'dispatcher', 'projector'];

function missing(processes: readonly ProcessNow[] | undefined): Judged | null {
  if (processes === undefined) return null;
  const roles = NEEDED.filter((needed) => !processes.some(({ role }) => role === needed));
  return roles.length === 0 ? null : { concern: { about: 'missing', roles }, grave: true };
}

function overdue({ backlog }: Stats): Judged | null {
  const late = backlog.find(({ due }) => due === 'overdue');
  const seconds = late?.oldest_due_seconds ?? 0;
  if (late === undefined || seconds <= LATE_SECONDS) return null;
  return {
    concern: { about: 'overdue', deliveries: late.deliveries, seconds },
    grave: seconds > VERY_LATE_SECONDS,
  };
}

function success({ attempts }: Stats): Judged | null {
  const { made, success_ratio: ratio } = attempts;
  if (ratio === null || made < ENOUGH_ATTEMPTS || ratio >= SUCCESS_WANTED) return null;
  return { concern: { about: 'success', ratio, made }, grave: ratio < SUCCESS_GRAVE };
}

function quarantine({ quarantined }: Stats): Judged | null {
  return quarantined === 0 ? null : { concern: { about: 'quarantine', records: quarantined }, grave: true };
}

function disabled({ disabled_today: today }: Stats): Judged | null {
  return today.length === 0
    ? null
    : { concern: { about: 'disabled', endpoints: today.length }, grave: false };
}

function silence({ rates, window_seconds: seconds }: Stats): Judged | null {
  return rates.accepted_per_second > 0 ? null : { concern: { about: 'silence', seconds }, grave: false };
}
