import type { Tracing } from './tracing.ts';

export interface TracingOptions {
  /** Where a collector takes OTLP over HTTP, in whole; null: nobody traces. */
  readonly tracesUrl: string | null;
  /** Of the traces that begin here, from 0 to 1; those that publishers began follow their flag. */
  readonly tracesRatio: number;
}

/** Undefined where nobody traces: then nothing of OpenTelemetry is even loaded. */
export async function openTracing(
  { tracesUrl, tracesRatio }: TracingOptions,
  service: string,
): Promise<Tracing | undefined> {
  if (tracesUrl === null) return undefined;
  const { otlpTracing } = await import('./otlp-tracing.ts');
  return otlpTracing({ url: tracesUrl, ratio: tracesRatio, service });
}
