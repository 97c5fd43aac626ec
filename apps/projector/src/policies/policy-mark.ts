/** What a policy lane writes beside its committed position in `outcomes`. */
export interface PolicyMark {
  /** Every enabling below this offset of `control` has been settled for the partition. */
  readonly settled: number;
  /** No asking of unsettled work stands below this offset of `deliveries`. */
  readonly asked: number;
}

export function writeMark(mark: PolicyMark): string {
  return JSON.stringify(mark);
}

/** A mark that is missing or foreign means: nothing is known, look at everything the log holds. */
export function readMark(metadata: string | undefined): PolicyMark {
  try {
    const { settled, asked } = JSON.parse(metadata ?? '') as Partial<Record<keyof PolicyMark, unknown>>;
    if (Number.isSafeInteger(settled) && Number.isSafeInteger(asked)) {
      return { settled: settled as number, asked: asked as number };
    }
  } catch {
    // Not ours: falls through.
  }
  return { settled: 0, asked: 0 };
}
