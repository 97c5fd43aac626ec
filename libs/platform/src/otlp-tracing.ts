import {
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type SpanContext,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Tracing } from './tracing.ts';

const kinds = { producer: SpanKind.PRODUCER, client: SpanKind.CLIENT } as const;
const EXPORT_WITHIN_MS = 5_000;

/** With a provider of its own: nothing global, no instrumentation of what is imported. */
export function otlpTracing(options: {
  readonly url: string;
  readonly ratio: number;
  readonly service: string;
}): Tracing {
  const exporter = new OTLPTraceExporter({ url: options.url, timeoutMillis: EXPORT_WITHIN_MS });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': options.service, 'service.namespace': 'hyperhook' }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(options.ratio) }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter,
        scheduledDelayMillis: 1_000,
        exportTimeoutMillis: EXPORT_WITHIN_MS,
      }),
    ],
  });
  const tracer = provider.getTracer('hyperhook');

  return {
    begin(name, { kind, parent, from, attributes }) {
      const span = tracer.startSpan(
        name,
        { kind: kinds[kind], startTime: from, attributes },
        contextOf(parent),
      );
      return {
        traceparent: textOf(span.spanContext()),
        end(to, more, error) {
          span.setAttributes(more);
          if (error !== undefined) {
            span.setAttribute('error.type', error);
            span.setStatus({ code: SpanStatusCode.ERROR });
          }
          // Clocks may be set back in between: a span never ends before it began.
          span.end(Math.max(from, to));
        },
      };
    },
    // A collector that is away must not keep a process from ending.
    close: () => provider.shutdown().catch(() => {}),
  };
}

function contextOf(parent: string | undefined): Context {
  if (parent === undefined) return ROOT_CONTEXT;
  const [, traceId = '', spanId = '', flags = '00'] = parent.split('-');
  const context: SpanContext = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(context) ? trace.setSpanContext(ROOT_CONTEXT, context) : ROOT_CONTEXT;
}

const textOf = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
