const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

/** Seconds in words, the two largest units at most: `1 min 5 s`, `2 h`, `3 d 4 h`. Below a second: `0 s`. */
export function spanText(seconds: number): string {
  let left = Math.max(0, Math.round(seconds));
  if (left === 0) return '0 s';
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(left / size);
    // The second unit stands only beside its neighbour: "1 d 3 s" would be false exactness.
    if (count === 0 && parts.length > 0) break;
    if (count > 0) parts.push(`${String(count)} ${unit}`);
    left -= count * size;
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}

/** Milliseconds as people read them: `38 ms`, `1.24 s`, `12 s`. */
export function durationText(ms: number): string {
  if (ms < 1_000) return `${String(Math.round(ms))} ms`;
  const seconds = ms / 1_000;
  return seconds < 10 ? `${seconds.toFixed(2)} s` : spanText(seconds);
}

/** How long ago, or until: `just now`, `2 min ago`, `in 5 s`. One unit: the absolute time stands in the tooltip. */
export function relativeText(thenMs: number, nowMs: number): string {
  const seconds = Math.round((thenMs - nowMs) / 1_000);
  const size = Math.abs(seconds);
  if (size < 5) return 'just now';
  const [unit, length] = UNITS.find(([, unitSize]) => size >= unitSize) ?? UNITS[3];
  const text = `${String(Math.floor(size / length))} ${unit}`;
  return seconds < 0 ? `${text} ago` : `in ${text}`;
}

/** Until a moment: `in 1 min 5 s`; once it has come: `now`. */
export function countdownText(dueMs: number, nowMs: number): string {
  const seconds = Math.ceil((dueMs - nowMs) / 1_000);
  return seconds <= 0 ? 'now' : `in ${spanText(seconds)}`;
}
