import { topics, type TopicSpec } from '../topics.ts';
import { TopicNames } from './topic-names.ts';
import { settingsOf } from './topic-settings.ts';

/**
 * What an operator runs once who does not let processes create topics: one line of `kafka-topics.sh` for each topic, with
 * the settings that ensureTopics asks for. With three replicas or more, two have to be in sync for an append to count.
 */
export function topicCommands(
  prefix: string,
  partitions: number,
  replication: number,
  bootstrap: string,
): readonly string[] {
  const names = new TopicNames(prefix);
  return topics.map((spec) => {
    const settings = [...settingsOf(spec), ...durabilityOf(replication)];
    return [
      `kafka-topics.sh --bootstrap-server ${bootstrap} --create --if-not-exists --topic ${names.of(spec.name)}`,
      `--partitions ${countOf(spec, partitions)} --replication-factor ${replication}`,
      ...settings.map(([name, value]) => `--config ${name}=${value}`),
    ].join(' ');
  });
}

export const countOf = (spec: TopicSpec, partitions: number): number =>
  spec.partitions === 'one' ? 1 : partitions;

/** With three copies two have to have it: one broker may go, and what was acknowledged stays. */
export const durabilityOf = (replication: number): readonly (readonly [string, string])[] =>
  replication >= 3 ? [['min.insync.replicas', '2']] : [];
