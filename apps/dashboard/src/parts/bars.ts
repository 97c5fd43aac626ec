/** What ended well and badly within one span of time, and what has not ended. */
export interface BarCounts {
  readonly good: number;
  readonly bad: number;
  readonly other: number;
}

export interface Bar {
  readonly kind: keyof BarCounts | 'none';
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

export interface BarBox {
  readonly height: number;
  /** From the start of one bar to the start of the next. */
  readonly step: number;
  /** A span in which something happened is seen, however little it was. */
  readonly least: number;
}

/** Stacked from below: what went well, what is under way, what went badly on top (red tips). A span without anything is a line. */
export function barsOf(spans: readonly BarCounts[], { height, step, least }: BarBox): readonly Bar[] {
  const most = Math.max(1, ...spans.map(({ good, bad, other }) => good + bad + other));
  return spans.flatMap((span, index) => {
    const x = index * step;
    const parts = (['good', 'other', 'bad'] as const).filter((kind) => span[kind] > 0);
    if (parts.length === 0) return [{ kind: 'none' as const, x, y: height - 1, height: 1 }];
    const bars: Bar[] = [];
    let top = height;
    for (const kind of parts) {
      const size = Math.max(least, (span[kind] / most) * (height - least * (parts.length - 1)));
      top -= size;
      bars.push({ kind, x, y: top, height: size });
    }
    return bars;
  });
}
