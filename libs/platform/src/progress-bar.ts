const WIDTH = 30;

/** How far something has got, that is counted in `unit`s. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly unit: string;
}

/** `[█████░░░░░] 50%  1,000/2,000 records  500/s  2 s left` */
export function progressBar({ done, total, unit }: Progress, elapsedMs: number): string {
  const share = total === 0 ? 1 : done / total;
  const full = Math.round(share * WIDTH);
  const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full);
  const rate = elapsedMs === 0 ? 0 : (done / elapsedMs) * 1_000;
  const left = rate === 0 ? '?' : inWords((total - done) / rate);
  const number = (value: number) => Math.round(value).toLocaleString('en-US');
  return `[${bar}] ${Math.floor(share * 100)}%  ${number(done)}/${number(total)} ${unit}  ${number(rate)}/s  ${left} left`;
}

function inWords(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  if (seconds < 3_600) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3_600).toFixed(1)} h`;
}
