/** RFC 3339 §5.6, without the leap second, which no receiver's date type can hold. */
const form =
  /^(\d{4})-(\d\d)-(\d\d)[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** Clocks of publishers differ; a day more is a mistake (seconds taken for milliseconds, a wrong year). */
const FUTURE_MS = 24 * 3_600_000;

/** What is said of a text that {@link parseEventTime} does not take. */
export const NO_EVENT_TIME = 'must be a time as in RFC 3339, like "2026-11-21T09:30:00Z"';

/** Epoch ms, fractions cut; undefined: not such a time, or a day that does not exist. */
export function parseEventTime(text: string): number | undefined {
  const [, year, month, day] = form.exec(text) ?? [];
  if (day === undefined) return undefined;
  // Date.parse takes 30 February for 2 March.
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (date.getUTCDate() !== Number(day) || date.getUTCMonth() !== Number(month) - 1) return undefined;
  const at = Date.parse(text.toUpperCase());
  return Number.isNaN(at) ? undefined : at;
}

/** What is wrong with a time (epoch ms) that lies too far ahead of `now`; undefined: nothing. */
export function aheadOf(now: number, at: number): string | undefined {
  if (at <= now + FUTURE_MS) return undefined;
  return `lies more than 24 hours ahead; it is ${new Date(now).toISOString()} here`;
}
