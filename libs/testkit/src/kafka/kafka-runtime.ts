import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findJava } from './java.ts';
import { kafkaJars, type KafkaJarsOptions } from './kafka-jars.ts';

interface KafkaRuntimeOptions extends KafkaJarsOptions {
  /** For figures: the JVM compiles with all it has. Tests are over before that pays. */
  readonly isMeasured?: boolean;
}

export interface KafkaRuntime {
  readonly java: string;
  readonly flags: readonly string[];
}

/**
 * Java with Kafka's classes. They are read from an archive of the JVM's own (class data sharing), which halves the time
 * a broker takes to start. Making it costs some 10 s, once per build of Java: `train` must run a broker on what it is
 * given and end it in an orderly way. A broker starts without an archive too, so failing to make one is no failure.
 */
export async function prepareRuntime(
  options: KafkaRuntimeOptions,
  train: (runtime: KafkaRuntime) => Promise<void>,
): Promise<KafkaRuntime> {
  const java = await findJava();
  const jars = await kafkaJars(options);
  const build = createHash('sha256').update(java.version).digest('hex').slice(0, 12);
  const archive = join(dirname(jars), `classes-${build}.jsa`);
  const on = (...more: string[]): KafkaRuntime => ({
    java: java.command,
    flags: [
      '-Xms256m',
      '-Xmx512m',
      '-XX:+UseSerialGC',
      ...(options.isMeasured === true ? [] : ['-XX:TieredStopAtLevel=1']),
      '-Xshare:auto',
      ...more,
      '-cp',
      join(jars, '*'),
    ],
  });
  if (!existsSync(archive)) {
    // Renamed when whole: another process may be at the same.
    const unfinished = `${archive}.${process.pid}`;
    try {
      await train(on(`-XX:ArchiveClassesAtExit=${unfinished}`));
      await rename(unfinished, archive);
    } catch {
      options.signal?.throwIfAborted();
      await rm(unfinished, { force: true });
      return on();
    }
  }
  return on(`-XX:SharedArchiveFile=${archive}`);
}
