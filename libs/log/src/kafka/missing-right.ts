import type { Actor } from './actor.ts';

/** What was asked of the cluster when it said no, in the words of its ACLs. */
export interface Asked {
  readonly operation: 'Alter' | 'Create' | 'Describe' | 'DescribeConfigs' | 'Read' | 'Write';
  readonly on: 'cluster' | 'group' | 'topic';
  /** As the cluster knows them. `cluster` has none. */
  readonly names: readonly string[];
}

const guesses: Readonly<Record<string, Omit<Asked, 'names'>>> = {
  TOPIC_AUTHORIZATION_FAILED: { operation: 'Read', on: 'topic' },
  GROUP_AUTHORIZATION_FAILED: { operation: 'Read', on: 'group' },
  CLUSTER_AUTHORIZATION_FAILED: { operation: 'Create', on: 'cluster' },
};

/** Which right is missing, and the line that gives it. Undefined: `type` is about something else. */
export function missingRight(type: string, actor?: Actor, asked: readonly Asked[] = []): string | undefined {
  const guess = guesses[type];
  if (guess === undefined) return undefined;
  const { operation, on, names } = asked.find((one) => one.on === guess.on) ?? { ...guess, names: [] };
  const principal = actor?.principal ?? 'User:<the user of this process>';
  const what =
    on === 'cluster' ? 'the cluster' : `${on} ${names.join(', ') || '(which one, it does not say)'}`;
  return (
    `Kafka does not allow ${principal} to ${operation} on ${what}. An administrator mends it: ` +
    `kafka-acls.sh --bootstrap-server ${actor?.bootstrap ?? '<broker>'} --add --allow-principal "${principal}" ` +
    `--operation ${operation} ${resourceOf(on, names, actor?.prefix ?? '')}`
  );
}

function resourceOf(on: Asked['on'], names: readonly string[], prefix: string): string {
  if (on === 'cluster') return '--cluster';
  // One line for all that the installation has, rather than one for each name it stumbles over.
  if (prefix !== '') return `--${on} ${prefix} --resource-pattern-type prefixed`;
  return names.length === 0 ? `--${on} <name>` : names.map((name) => `--${on} ${name}`).join(' ');
}
