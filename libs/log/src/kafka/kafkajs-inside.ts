import { createRequire } from 'node:module';
import type { Broker } from 'kafkajs';
import { LogError } from '../port/log-error.ts';
import { cut } from './cluster.ts';

/** Parts of kafkajs that it does not export, and of which there is no other way to get hold. */
const inside = createRequire(import.meta.url);

interface RequestQueue {
  readonly pending: readonly unknown[];
  readonly inflight: ReadonlyMap<
    number,
    { readonly sentAt: number; readonly requestTimeout: number; timeoutRequest(): void }
  >;
  readonly enforceRequestTimeout: boolean;
  requestTimeoutIntervalId: NodeJS.Timeout | null;
  isConnected(): boolean;
  destroy(): void;
}
interface RequestQueueClass {
  readonly prototype: {
    scheduleCheckPendingRequests: (this: RequestQueue) => void;
    scheduleRequestTimeoutCheck: (this: RequestQueue) => void;
  };
}
interface BrokerClass {
  readonly prototype: { connect: (this: Broker) => Promise<void> };
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
  ({ prototype }) =>
    typeof prototype?.scheduleCheckPendingRequests === 'function' &&
    typeof prototype.scheduleRequestTimeoutCheck === 'function',
);

const brokers = part<BrokerClass>(
  'broker/index.js',
  ({ prototype }) => typeof prototype?.connect === 'function',
);

/** What a broker meant by a number, as kafkajs' own requests would throw it. */
export const protocolError = (code: number): Error => errors.createErrorFromCode(code);

/** A request's time-out is kept to within this. */
const TIMEOUT_CHECK_MS = 500;

let isQuiet = false;
let isWhole = false;

/**
 * A broker that takes a connection and does not answer (it hangs, say) leaves kafkajs with one that is open, and of which it has
 * not asked what the broker understands: every later call finds it connected, and fails, for as long as it stays open.
 * Where connecting fails it is cut, and the next call begins anew.
 */
export function connectWholly(): void {
  if (isWhole) return;
  isWhole = true;
  const connect = brokers.prototype.connect;
  brokers.prototype.connect = async function (this: Broker): Promise<void> {
    try {
      await connect.call(this);
    } catch (error) {
      cut(this);
      throw error;
    }
  };
}

/**
 * kafkajs looks every millisecond, on every connection and for ever, whether a request waits for a broker that throttles
 * us, and ten times a second whether one has waited for too long: 4 % of a core in each process that does nothing. Only
 * where one waits is there something to look for, and time-outs of seconds need no tenths.
 */
export function lookLessOften(): void {
  if (isQuiet) return;
  isQuiet = true;
  const schedule = queues.prototype.scheduleCheckPendingRequests;
  queues.prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    if (this.pending.length > 0) schedule.call(this);
  };
  queues.prototype.scheduleRequestTimeoutCheck = function (this: RequestQueue): void {
    if (!this.enforceRequestTimeout) return;
    this.destroy();
    this.requestTimeoutIntervalId = setInterval(() => {
      const now = Date.now();
      for (const request of this.inflight.values()) {
        if (now - request.sentAt > request.requestTimeout) request.timeoutRequest();
      }
      if (!this.isConnected()) this.destroy();
    }, TIMEOUT_CHECK_MS);
  };
}
