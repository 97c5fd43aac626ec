import type { Logger } from '#platform';

/** What a line tells of an event that is durable; `traceparent`: of its publishing. */
export interface AcceptedLine {
  readonly tenant: string;
  readonly event: string;
  readonly type: string;
  readonly status: string;
  readonly partition: number;
  readonly traceparent: string | undefined;
}

/**
 * One line per accepted event, for those who look for it: level `debug`. Undefined: nobody does, and then there is not even
 * a line to be thrown away.
 */
export function acceptedLines(logger: Logger): ((line: AcceptedLine) => void) | undefined {
  if (!logger.isLevelEnabled('debug')) return undefined;
  return ({ traceparent, ...facts }) => {
    const trace = traceparent === undefined ? {} : { trace: traceparent.split('-', 2)[1] };
    logger.debug({ ...facts, ...trace }, 'event.accepted');
  };
}
