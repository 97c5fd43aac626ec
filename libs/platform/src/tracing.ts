export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

export interface SpanBegin {
  /** As OpenTelemetry tells them apart: hands something on to be worked on later; asks another server. */
  readonly kind: 'producer' | 'client';
  /** W3C `traceparent`; undefined: a trace of its own begins here. */
  readonly parent: string | undefined;
  /** Epoch ms. */
  readonly from: number;
  readonly attributes: SpanAttributes;
}

export interface LiveSpan {
  /** For what it leads to; says too whether anybody records this trace. */
  readonly traceparent: string;
  /** `to`: epoch ms. `error`: what went wrong, a word of a closed list; undefined: nothing. */
  end(to: number, attributes: SpanAttributes, error?: string): void;
}

/** Spans of this process. What the collector does not take is dropped: nothing waits for it. */
export interface Tracing {
  begin(name: string, begin: SpanBegin): LiveSpan;
  /** Sends what has not been sent yet. */
  close(): Promise<void>;
}
