import { createRequire } from 'node:module';
import { LogError } from '../port/log-error.ts';

/** Parts of kafkajs that it does not export, and of which there is no other way to get hold. */
const inside = createRequire(import.meta.url);

interface RequestQueue {
  readonly pending: readonly unknown[];
}
interface RequestQueueClass {
  readonly prototype: { scheduleCheckPendingRequests: (this: RequestQueue) => void };
}
interface ErrorTable {
  createErrorFromCode(code: number): Error;
}

function part<T>(name: string, isThere: (found: Partial<T>) => boolean): T {
  const found = inside(`kafkajs/src/${name}`) as Partial<T>;
  if (!isThere(found))
    throw new LogError('log_closed', `this kafkajs has another ${name}; install kafkajs 2.2.4`);
  return found as T;
}

const errors = part<ErrorTable>(
  'protocol/error.js',
  (found) => typeof found.createErrorFromCode === 'function',
);
const queues = part<RequestQueueClass>(
  'network/requestQueue/index.js',
  (found) => typeof found.prototype?.scheduleCheckPendingRequests === 'function',
);

/** What a broker meant by a number, as kafkajs' own requests would throw it. */
export const protocolError = (code: number): Error => errors.createErrorFromCode(code);

let isQuiet = false;

/**
 * kafkajs looks every millisecond, on every connection and for ever, whether a request waits for a broker that throttles
 * us: 3 % of a core in each process that does nothing. Only where one waits is there something to look for.
 */
export function lookOnlyWhereRequestsWait(): void {
  if (isQuiet) return;
  isQuiet = true;
  const schedule = queues.prototype.scheduleCheckPendingRequests;
  queues.prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    if (this.pending.length > 0) schedule.call(this);
  };
}
