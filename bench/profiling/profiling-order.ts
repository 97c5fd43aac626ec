/** Folders that profiles go to, where they are asked for. */
export interface ProfilingOrder {
  readonly cpu?: string;
  readonly heap?: string;
}

/** For processes of the engine: none where no profile is asked for. */
export function profilingEnv(order: ProfilingOrder): Readonly<Record<string, string>> {
  if (order.cpu === undefined && order.heap === undefined) return {};
  const preload = new URL('preload.ts', import.meta.url).href;
  return {
    NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import=${preload}`,
    BENCH_PROFILING: JSON.stringify(order),
  };
}
