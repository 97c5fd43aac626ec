/** Numbers with neighbours drawn together: `0–3, 7`; none: `–`. They come in order. */
export function partitionText(partitions: readonly number[]): string {
  const runs: [from: number, to: number][] = [];
  for (const partition of partitions) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === partition - 1) last[1] = partition;
    else runs.push([partition, partition]);
  }
  if (runs.length === 0) return '–';
  return runs.map(([from, to]) => (from === to ? String(from) : `${String(from)}–${String(to)}`)).join(', ');
}
