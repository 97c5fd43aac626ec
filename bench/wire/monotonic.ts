/** Microseconds of the machine's monotonic clock: on Linux and macOS the same in all processes. */
export const monotonicMicros = (): number => Number(process.hrtime.bigint() / 1_000n);
