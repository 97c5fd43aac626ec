/** One line of what a process tells. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Told {
  /** Also of metrics that have no sample yet; of histograms without `_bucket` and the like. */
  readonly names: ReadonlySet<string>;
  readonly samples: readonly Sample[];
}

/** The text format of Prometheus, of all processes together. */
export function readMetrics(texts: readonly string[]): Told {
  const names = new Set<string>();
  const samples: Sample[] = [];
  for (const line of texts.join('\n').split('\n')) {
    const [, declared] = /^# TYPE (\w+) /.exec(line) ?? [];
    if (declared !== undefined) names.add(declared);
    const [, name, labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)/.exec(line) ?? [];
    if (name === undefined) continue;
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = '', text = '']) => [
      label,
      text,
    ]);
    samples.push({ name, labels: Object.fromEntries(pairs), value: Number(value) });
  }
  return { names, samples };
}
