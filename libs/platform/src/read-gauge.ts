import { Gauge, type Registry } from 'prom-client';

/** One value, and the labels it belongs to. */
export interface Measured {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export type ReadMeasures = () => Iterable<Measured> | Promise<Iterable<Measured>>;

/** A scraper waits for 10 s as a rule, and for all metrics together. */
const PATIENCE_MS = 2_000;

/**
 * A gauge that is read when somebody scrapes.
 *
 * 1. What is not told within two seconds, or fails, is absent from this scrape: an old value would be a lie.
 * 2. One read of each reader is under way at most: while the log is away, scrapes do not pile up questions to it.
 * 3. Several readers may tell of one name, each of labels of its own.
 */
export class ReadGauge {
  readonly #readers: ReadMeasures[] = [];
  readonly #underWay = new Set<ReadMeasures>();

  constructor(registry: Registry, name: string, help: string, labels: readonly string[]) {
    const collect = (): Promise<Iterable<Measured>[]> => this.#read();
    registry.registerMetric(
      new Gauge({
        name,
        help,
        labelNames: [...labels],
        registers: [],
        async collect() {
          const all = await collect();
          this.reset();
          // Without labels a reset leaves a zero behind.
          if (labels.length === 0) this.remove();
          for (const told of all) for (const { labels: of, value } of told) this.set({ ...of }, value);
        },
      }),
    );
  }

  readBy(reader: ReadMeasures): void {
    this.#readers.push(reader);
  }

  #read(): Promise<Iterable<Measured>[]> {
    return Promise.all(this.#readers.map((reader) => this.#ask(reader)));
  }

  async #ask(reader: ReadMeasures): Promise<Iterable<Measured>> {
    if (this.#underWay.has(reader)) return [];
    this.#underWay.add(reader);
    const asked = (async () => reader())()
      .catch(() => [])
      .finally(() => this.#underWay.delete(reader));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Iterable<Measured>>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS, []);
    });
    try {
      return await Promise.race([asked, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
