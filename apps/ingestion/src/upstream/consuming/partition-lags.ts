/** How far each partition is behind its end, as seen by its last fetch; summed up for the gauge. */
export class PartitionLags {
  readonly #lags = new Map<number, number>();
  readonly #tell: (records: number) => void;

  constructor(tell: (records: number) => void) {
    this.#tell = tell;
  }

  /** `next`: the offset to read next. `end`: as the broker said it. */
  at(partition: number, next: bigint, end: string): void {
    this.#lags.set(partition, Math.max(0, Number(BigInt(end) - next)));
    this.#sum();
  }

  /** What others read is theirs to tell. */
  keep(partitions: readonly number[]): void {
    for (const partition of this.#lags.keys()) {
      if (!partitions.includes(partition)) this.#lags.delete(partition);
    }
    this.#sum();
  }

  #sum(): void {
    let sum = 0;
    for (const lag of this.#lags.values()) sum += lag;
    this.#tell(sum);
  }
}
