import type { Tracing } from '#platform';

/** One request that publishes, whatever number of events it brings: their attempts are its children. */
export interface PublishTrace {
  /** What the events carry on. */
  readonly traceparent: string;
  /** One of its events is durable. */
  accepted(): void;
  end(): void;
}

const attributes = {
  'messaging.system': 'hyperhook',
  'messaging.operation.name': 'publish',
  'messaging.operation.type': 'send',
  'messaging.destination.name': 'events',
};

/** Undefined where nobody traces: most requests cost nothing here. What publishers trace is handed on in any case. */
export function beginPublish(
  tracing: Tracing | undefined,
  parent: string | undefined,
  now: () => number,
): PublishTrace | undefined {
  if (tracing === undefined) {
    return parent === undefined ? undefined : { traceparent: parent, accepted: () => {}, end: () => {} };
  }
  const span = tracing.begin('publish', { kind: 'producer', parent, from: now(), attributes });
  let count = 0;
  return {
    traceparent: span.traceparent,
    accepted: () => {
      count += 1;
    },
    end: () =>
      span.end(now(), { 'messaging.batch.message_count': count }, count === 0 ? 'refused' : undefined),
  };
}
