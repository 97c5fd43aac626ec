/** A ratio as people read it. 100 % only where nothing failed at all, 0 % only where nothing went well. */
export function percentText(ratio: number): string {
  if (ratio === 1 || ratio === 0) return `${String(ratio * 100)} %`;
  const percent = Math.min(99.9, Math.max(0.1, ratio * 100));
  return `${percent.toFixed(1)} %`;
}
