import type { Kafka } from 'kafkajs';
import type { Contract } from '#contracts';
import type { FollowedControl } from '#control';
import { Batcher, type Log } from '#log';
import type { Logger, Metrics } from '#platform';
import { readAllCodecs } from './compression/all-codecs.ts';
import { SourceReader } from './consuming/source-reader.ts';
import { RecordIntake, type Acceptor } from './intake/record-intake.ts';
import { TenantFinder } from './intake/tenant-finder.ts';
import type { UpstreamSource } from './mapping/upstream-source.ts';
import { UpstreamMetrics } from './upstream-metrics.ts';

export interface UpstreamDeps {
  /** Of the cluster that the sources are on, which need not be the log's. */
  readonly kafka: Kafka;
  /** Each source is read by the group `<groupId>.<topic>`. */
  readonly groupId: string;
  readonly sources: readonly UpstreamSource[];
  readonly acceptor: Acceptor;
  readonly control: FollowedControl;
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly log: Pick<Log, 'append' | 'endOffsets'>;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Epoch ms. */
  readonly now: () => number;
  /** Reading ended for a reason that trying again does not mend; the process should end. */
  readonly onCrash: (error: Error) => void;
  /** How often new partitions of a source are looked for, ms; default 30 s. */
  readonly metadataMaxAgeMs?: number;
}

/** Topics of other teams as a way in. */
export interface Upstream {
  /** Reads on in the background; a topic or broker that is not there yet is waited for. */
  start(): Promise<void>;
  /** Resolves when nothing is read any more, and what became durable is committed. Before the acceptor is stopped. */
  stop(): Promise<void>;
  /** A health check: undefined, or why no record comes in any more. A source that is waited for is an alert, no failure. */
  health(): string | undefined;
}

export function createUpstream(deps: UpstreamDeps): Upstream {
  const { sources, control, log, logger, groupId } = deps;
  const metrics = new UpstreamMetrics(deps.metrics);
  const quarantine = new Batcher(log, {
    onTrouble: (error, tries) => logger.warn({ err: error, tries }, 'upstream.quarantine_append_refused'),
  });
  const tenants = new TenantFinder(control, log);
  const intake = new RecordIntake({ ...deps, tenants, quarantine, metrics });
  let crashed: Error | undefined;
  const onFatal = (error: Error) => {
    if (crashed !== undefined) return;
    crashed = error;
    deps.onCrash(error);
  };
  const readers = sources.map(
    (source) =>
      new SourceReader({
        kafka: deps.kafka,
        groupId: `${groupId}.${source.topic}`,
        source,
        intake,
        metrics,
        metadataMaxAgeMs: deps.metadataMaxAgeMs ?? 30_000,
        logger,
        onFatal,
      }),
  );

  return {
    async start() {
      readAllCodecs();
      for (const reader of readers) reader.start();
    },
    async stop() {
      await Promise.all(readers.map((reader) => reader.stop()));
      quarantine.stop();
    },
    health() {
      return crashed === undefined ? undefined : `topics of other teams are not read: ${crashed.message}`;
    },
  };
}
