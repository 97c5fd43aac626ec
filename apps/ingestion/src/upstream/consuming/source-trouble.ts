import type { UpstreamAlert } from '../upstream-metrics.ts';

/** This process cannot go on; the message is its cause's. */
export class SourceFatal extends Error {
  override readonly name = 'SourceFatal';

  constructor(cause: unknown) {
    super(messageOf(cause), { cause });
  }
}

const alerts: Readonly<Record<string, UpstreamAlert>> = {
  UNKNOWN_TOPIC_OR_PARTITION: 'topic_missing',
  TOPIC_AUTHORIZATION_FAILED: 'not_authorized',
  GROUP_AUTHORIZATION_FAILED: 'not_authorized',
};

/** What an operator should look at when reading a topic ended with `error`. */
export function alertOf(error: unknown): UpstreamAlert {
  for (let at: unknown = error; at !== undefined && at !== null; at = causeOf(at)) {
    const type: unknown = Reflect.get(Object(at), 'type');
    const alert = typeof type === 'string' ? alerts[type] : undefined;
    if (alert !== undefined) return alert;
  }
  return 'source_failed';
}

export function messageOf(error: unknown): string {
  const message: unknown = Reflect.get(Object(error), 'message');
  return typeof message === 'string' ? message : String(error);
}

function causeOf(error: unknown): unknown {
  return Reflect.get(Object(error), 'cause');
}
