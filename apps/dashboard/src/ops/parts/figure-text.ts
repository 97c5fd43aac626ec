import { percentText } from '../../parts/percent.ts';

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** Whole numbers with their thousands apart: `12,345`. */
export function countText(count: number): string {
  return whole.format(count);
}

/** Per second, as exactly as it means something: `0`, `0.02`, `1.3`, `120`, `1,250`. */
export function rateText(perSecond: number): string {
  if (perSecond === 0) return '0';
  // Something is more than nothing.
  if (perSecond < 0.005) return '<0.01';
  if (perSecond < 1) return perSecond.toFixed(2);
  if (perSecond < 10) return perSecond.toFixed(1);
  return whole.format(perSecond);
}

/** A part of one in per cent; null: of nothing. */
export function ratioText(ratio: number | null): string {
  return ratio === null ? '–' : percentText(ratio);
}

/** Seconds of a latency: `38 ms`, `1.24 s`, `12 s`; below a millisecond `<1 ms`. */
export function latencyText(seconds: number | null): string {
  if (seconds === null) return '–';
  const ms = seconds * 1_000;
  if (ms > 0 && ms < 1) return '<1 ms';
  if (ms < 1_000) return `${String(Math.round(ms))} ms`;
  return seconds < 10 ? `${seconds.toFixed(2)} s` : `${whole.format(seconds)} s`;
}
