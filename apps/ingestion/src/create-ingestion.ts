import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { Contract } from '#contracts';
import { KeyUses, type FollowedControl } from '#control';
import { noTenantLimits, type TenantLimits } from '#domain';
import {
  CONTROL_POSITION_HEADER,
  issuingKeyOf,
  problemOf,
  Refused,
  retryAfter,
  type Principal,
} from '#http-edge';
import type { ProblemAnswer } from '#http-edge';
import type { Log } from '#log';
import {
  LinePace,
  type Clock,
  type IngestionConfig,
  type Logger,
  type Metrics,
  type Tracing,
} from '#platform';
import { admit, readmit, type PublisherHeaders } from './accept/admission.ts';
import { acceptedLines } from './accept/accepted-lines.ts';
import { ByteBudget } from './accept/byte-budget.ts';
import { EventAcceptor, type Accepted } from './accept/event-acceptor.ts';
import { EventAppender } from './accept/event-appender.ts';
import { Publisher, type BatchItem, type ReadEvent } from './accept/publisher.ts';
import { RecentEnd } from './accept/recent-end.ts';
import { RecentEvents } from './accept/recent-events.ts';
import { TenantQuotas } from './accept/tenant-quotas.ts';
import type { PublishAnswer } from './http/batch-answer.ts';
import { publishJson } from './http/publish-json.ts';
import { IngestionMetrics } from './ingestion-metrics.ts';

export interface IngestionDeps {
  readonly log: Pick<Log, 'append' | 'endOffsets'>;
  /** Started by the process, which shares it among its parts. */
  readonly control: FollowedControl;
  readonly contracts: ReadonlyMap<string, Contract>;
  /** P of the installation. */
  readonly partitions: number;
  readonly config: IngestionConfig;
  /** What every tenant may whose own limits say nothing; default: anything. */
  readonly quotas?: TenantLimits;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly random: (bytes: number) => Uint8Array;
  /** Absent: nobody traces. */
  readonly tracing?: Tracing | undefined;
}

/** Events that their transport has read already: `bytes` are what they hold in memory. */
interface Read {
  readonly bytes: number;
  /** Of the publisher's own trace, where it is one. */
  readonly traceparent: string | undefined;
}

/** The way in, as the transports use it. Whatever fails throws what `problemOf` knows. */
export interface Ingestion {
  /** For ways in where nobody waits for an answer. */
  readonly acceptor: EventAcceptor;
  /** Offset of the next control fact that the own table will apply, for whoever echoes it (R20). */
  readonly controlPosition: number;
  /** Events that the log has not answered yet. */
  readonly waiting: number;
  /** Who asks; waits for the echoed control position. */
  admit(headers: PublisherHeaders): Promise<Principal>;
  /** The same of somebody who was admitted a while ago, at once: a key may have been revoked since. */
  readmit(headers: PublisherHeaders): Principal;
  /** Reads, checks and appends; resolves when durable. */
  publish(principal: Principal, headers: IncomingHttpHeaders, body: Readable): Promise<PublishAnswer>;
  /** Checks and appends one event; resolves when durable. 503 where too many bytes wait for the log. */
  accept(principal: Principal, event: Read & { readonly read: ReadEvent }): Promise<Accepted>;
  /** The same whatever waits: for streams, which are kept from sending more by {@link room}. */
  acceptNext(principal: Principal, event: Read & { readonly read: ReadEvent }): Promise<Accepted>;
  /** The same of many, each with an answer of its own. */
  acceptBatch(
    principal: Principal,
    events: Read & { readonly reads: readonly ReadEvent[] },
  ): Promise<readonly BatchItem[]>;
  /** Undefined: there is room for more bytes. Else resolves when some was made. */
  room(): Promise<void> | undefined;
  /** The answer to an error, counted, and logged when nobody foresaw it. */
  refuse(error: unknown, path: string): ProblemAnswer;
  /** A health check: undefined, or why events cannot be accepted. Rejects, or is late, while the log does not answer. */
  health(): Promise<string | undefined>;
  /** Takes no more requests; resolves when those under way are answered, which the append deadline bounds. */
  stop(): Promise<void>;
}

/** Longer than any hiccup, shorter than a publisher's patience. */
const LOG_SILENT_MS = 5_000;
/** So many lines: each partition that the log refuses tries again by itself. */
const REFUSALS_PER_SECOND = 5;

export function createIngestion(deps: IngestionDeps): Ingestion {
  const { config, control, logger, clock, partitions } = deps;
  const budget = new ByteBudget(config.maxBytesInFlight);
  const metrics = new IngestionMetrics(deps.metrics, () => budget.used);
  const pace = new LinePace(REFUSALS_PER_SECOND);
  const appender = new EventAppender(deps.log, budget, {
    withinMs: config.appendWithin,
    onTrouble: (error, tries) => {
      metrics.logTrouble();
      const omitted = pace.take(clock.now());
      if (omitted === undefined) return;
      logger.warn({ err: error, tries, waiting: appender.waiting, omitted }, 'events.append_refused');
    },
  });
  const acceptor = new EventAcceptor(
    {
      contracts: deps.contracts,
      partitions,
      quotas: new TenantQuotas(deps.quotas ?? noTenantLimits, () => clock.monotonic()),
      controlPosition: () => control.position,
      now: () => clock.now(),
      random: deps.random,
      tell: acceptedLines(logger),
    },
    appender,
    new RecentEvents(() => clock.monotonic()),
  );
  const refuse = (error: unknown, path?: string) => {
    const answer = problemOf(error, path);
    metrics.refused(answer.problem.code);
    if (answer.unexpected) logger.error({ err: error, path }, 'request.failed');
    return answer;
  };
  const publisher = new Publisher({
    acceptor,
    table: control.table,
    budget,
    metrics,
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    tracing: deps.tracing,
  });
  const admission = {
    control,
    log: deps.log,
    controlEnd: new RecentEnd(
      async () => (await deps.log.endOffsets('control'))[0] ?? 0,
      () => clock.monotonic(),
    ),
    now: () => clock.now(),
    onPastEnd: (position: number, end: number) => {
      metrics.positionPastEnd();
      logger.warn({ position, end }, 'control.position_past_end');
    },
  };
  const keyUses = new KeyUses({
    log: deps.log,
    now: () => clock.now(),
    newId: randomUUID,
    onTrouble: (error) => logger.warn({ err: error }, 'key_uses.append_refused'),
  });
  const noted = (principal: Principal): Principal => {
    keyUses.note(issuingKeyOf(principal), clock.now());
    return principal;
  };
  const underWay = new Set<Promise<unknown>>();
  let stopping = false;
  const answered = async <T>(work: () => Promise<T>): Promise<T> => {
    if (stopping) {
      const detail = 'this process is shutting down; send the same request again';
      throw new Refused('unavailable', detail, { headers: { ...retryAfter(1), connection: 'close' } });
    }
    const working = work();
    underWay.add(working);
    try {
      return await working;
    } finally {
      underWay.delete(working);
    }
  };

  return {
    acceptor,
    get controlPosition() {
      return control.position;
    },
    get waiting() {
      return appender.waiting;
    },
    admit: async (headers) => noted(await admit(admission, headers)),
    readmit: (headers) => noted(readmit(admission, headers)),
    async publish(principal, headers, body) {
      const { maxBodyBytes } = config;
      const json = { publisher, maxBodyBytes, refuse };
      const answer = await answered(() => publishJson(json, principal, headers, body));
      const position = { [CONTROL_POSITION_HEADER]: String(control.position) };
      return { ...answer, headers: { ...position, ...answer.headers } };
    },
    accept: (principal, { bytes, read, traceparent }) =>
      answered(() =>
        publisher.request(principal, traceparent, (lease, trace) => {
          lease.take(bytes);
          return publisher.one(principal, read, { trace });
        }),
      ),
    acceptNext: (principal, { bytes, read, traceparent }) =>
      answered(() =>
        publisher.request(principal, traceparent, (lease, trace) => {
          lease.hold(bytes);
          return publisher.one(principal, read, { trace });
        }),
      ),
    acceptBatch: (principal, { bytes, reads, traceparent }) =>
      answered(() =>
        publisher.request(principal, traceparent, (lease, trace) => {
          lease.take(bytes);
          return publisher.batch(principal, reads, { trace });
        }),
      ),
    room: () => budget.room(),
    refuse,
    async health() {
      if (stopping) return 'shutting down';
      if (!control.readable) return 'the control topic holds a fact of a newer release; upgrade this process';
      const waited = appender.oldestWaitMs(partitions);
      if (waited > LOG_SILENT_MS) return `the log has not answered an append for ${Math.round(waited)} ms`;
      const refused = appender.refusedMsAgo();
      if (refused === undefined) return undefined;
      if (refused < LOG_SILENT_MS) return 'the log refuses appends';
      // Nobody publishes here while this is not ready, so that no append would tell: the log is asked.
      await deps.log.endOffsets('events');
      return undefined;
    },
    async stop() {
      stopping = true;
      await Promise.allSettled(underWay);
      appender.stop();
      await keyUses.stop();
    },
  };
}
