/**
 * Epoch ms that never fall: the wall clock as it was at the start, or `floor` if that is later (the newest append time
 * in the log, after the wall clock was set back), counted on by the monotonic clock (R15).
 */
export function steadyClock(floor: number): () => number {
  const anchor = Math.max(Date.now(), floor) - performance.now();
  // Whole milliseconds, rounded down: that is what facts carry, and no due time is reached early by it.
  return () => Math.floor(anchor + performance.now());
}
