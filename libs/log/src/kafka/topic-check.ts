import type { TopicSpec } from '../topics.ts';
import { satisfies, settingsOf } from './topic-settings.ts';

/** A topic as the cluster has it. */
export interface FoundTopic {
  readonly name: string;
  readonly partitions: number;
  /** Of the partition that has the fewest copies. */
  readonly replication: number;
  readonly settings: ReadonlyMap<string, string>;
}

/** What the engine cannot work with, and what mends it. */
export function wrongWith(
  found: FoundTopic,
  spec: TopicSpec,
  partitions: number,
  bootstrap: string,
): readonly string[] {
  const settings = [...settingsOf(spec)].filter(
    ([setting, wanted]) => !satisfies(setting, wanted, found.settings.get(setting)),
  );
  return [
    ...wrongCount(found, partitions, bootstrap),
    ...settings.map(
      ([setting, wanted]) =>
        `topic ${found.name} has ${setting}=${found.settings.get(setting) ?? ''}, it must be ${wanted}; ` +
        alter(found.name, bootstrap, setting, wanted),
    ),
  ];
}

/** What works, but loses records or stands still when brokers fail. `brokers`: how many the cluster has. */
export function riskyIn(found: FoundTopic, brokers: number, bootstrap: string): readonly string[] {
  const { name, replication, settings } = found;
  const possible = Math.min(3, brokers);
  const inSync = Number(settings.get('min.insync.replicas') ?? 1);
  const bytes = settings.get('retention.bytes') ?? '-1';
  return [
    ...(replication < possible
      ? [
          `topic ${name} has replication ${replication}, the cluster could keep ${possible} copies: a broker that fails takes ` +
            `its partitions along; raise it with kafka-reassign-partitions.sh`,
        ]
      : []),
    ...(replication >= 3 && inSync < 2
      ? [
          `topic ${name} has min.insync.replicas=${inSync}: what one broker alone has acknowledged can be lost with it; ` +
            alter(name, bootstrap, 'min.insync.replicas', '2'),
        ]
      : []),
    ...(replication > 1 && inSync >= replication
      ? [
          `topic ${name} has min.insync.replicas=${inSync} of ${replication} copies: nothing is appended while one broker is ` +
            `away; ${alter(name, bootstrap, 'min.insync.replicas', String(replication - 1))}`,
        ]
      : []),
    ...(settings.get('unclean.leader.election.enable') === 'true'
      ? [
          `topic ${name} has unclean.leader.election.enable=true: a broker that missed records may lead, and they are gone; ` +
            alter(name, bootstrap, 'unclean.leader.election.enable', 'false'),
        ]
      : []),
    ...(bytes === '-1'
      ? []
      : [
          `topic ${name} has retention.bytes=${bytes}: under load records go before their time; ` +
            alter(name, bootstrap, 'retention.bytes', '-1'),
        ]),
  ];
}

function wrongCount({ name, partitions: found }: FoundTopic, wanted: number, bootstrap: string): string[] {
  if (found === wanted) return [];
  const mend =
    found < wanted
      ? `ask for ${found}, or, while nothing is waiting in it: kafka-topics.sh --bootstrap-server ${bootstrap} --alter --topic ${name} --partitions ${wanted}`
      : `Kafka cannot take partitions away: ask for ${found}`;
  return [`topic ${name} has ${found} partitions, ${wanted} were asked for; ${mend}`];
}

const alter = (name: string, bootstrap: string, setting: string, value: string) =>
  `kafka-configs.sh --bootstrap-server ${bootstrap} --alter --entity-type topics --entity-name ${name} --add-config ${setting}=${value}`;
