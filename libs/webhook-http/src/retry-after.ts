const MAX_MS = 365 * 24 * 3_600_000;
const httpDate =
  /^(?:[A-Za-z]{3}, \d{2} [A-Za-z]{3} \d{4} \d{2}:\d{2}:\d{2} GMT|[A-Za-z]{6,9}, \d{2}-[A-Za-z]{3}-\d{2} \d{2}:\d{2}:\d{2} GMT|[A-Za-z]{3} [A-Za-z]{3} [ \d]\d \d{2}:\d{2}:\d{2} \d{4})$/;

/**
 * RFC 9110 §10.2.3: whole seconds, or an HTTP date read against `now` (epoch ms). Result in ms, 0 to a year
 * (what is honoured is the contract's to say); anything else is null, as if the header were absent.
 */
export function parseRetryAfter(text: string, now: number): number | null {
  const value = text.trim();
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1_000, MAX_MS);
  if (!httpDate.test(value)) return null;
  // The asctime form names no zone; HTTP dates are always GMT.
  const at = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`);
  return Number.isNaN(at) ? null : Math.min(Math.max(0, at - now), MAX_MS);
}
