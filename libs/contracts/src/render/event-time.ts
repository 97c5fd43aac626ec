import { assertNever } from '#domain';
import type { TimeFormat } from '../contract.ts';

/** Last millisecond that a four-digit year can say. */
const LATEST = Date.UTC(10_000, 0) - 1;

export function isEventTime(at: number): boolean {
  return Number.isInteger(at) && at >= 0 && at <= LATEST;
}

/** `at` (epoch ms) as JSON. Formats without a fraction round down: never later than it happened. */
export function timeJson(at: number, format: TimeFormat): string {
  switch (format) {
    case 'unix-seconds':
      return String(Math.floor(at / 1_000));
    case 'iso-milliseconds':
      return `"${new Date(at).toISOString()}"`;
    case 'iso-seconds':
      return `"${new Date(at).toISOString().slice(0, 19)}Z"`;
    default:
      return assertNever(format);
  }
}
