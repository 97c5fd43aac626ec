import type { Cluster } from 'kafkajs';
import { LogError } from '../port/log-error.ts';
import type { Actor } from './actor.ts';
import { adminBroker } from './admin-broker.ts';
import { addressOf, codeOf } from './connection-trouble.ts';
import { rootOf, toLogError, toStartError, typeOf } from './to-log-error.ts';
import { whatListens } from './what-listens.ts';

/**
 * Connects, and makes sure that what follows can work: that the brokers know us, and that they are where they say they
 * are. Rejects with `log_closed` where a setting has to be changed first, with `log_unavailable` where brokers may yet come.
 */
export async function firstContact(cluster: Cluster, actor: Actor): Promise<void> {
  try {
    await cluster.connect();
    // Before it knows who asks, a broker answers nothing but which requests it takes.
    await cluster.refreshMetadata();
  } catch (error) {
    // A partition that nobody leads, of whatever topic: the broker did answer us.
    if (typeOf(error) !== undefined && toStartError(error).retryable) return;
    throw await explained(error, actor);
  }
  await refuseUnreachable(cluster, actor);
}

/** A listener that wants something else than we speak hangs up without a word: look what it is. */
async function explained(error: unknown, actor: Actor): Promise<LogError> {
  const refused = toStartError(error, { actor });
  const cause = rootOf(error);
  if (!refused.retryable || !cause.name.startsWith('KafkaJSConnection') || isAbsent(cause)) return refused;
  const at = addressOf(cause, actor);
  const found = await whatListens(at.split(',')[0] ?? '');
  const mend = mends(found, actor);
  return mend === undefined
    ? refused
    : new LogError('log_closed', `Kafka at ${at} ${mend}`, { cause: error });
}

function mends(found: Awaited<ReturnType<typeof whatListens>>, actor: Actor): string | undefined {
  if (found === 'tls' && !actor.usesTls) {
    return 'speaks TLS, and was spoken to without: set HYPERHOOK_KAFKA_SSL=true, and HYPERHOOK_KAFKA_CA_FILE for an authority of your own';
  }
  if (found === 'kafka' && actor.usesTls) {
    return 'speaks no TLS: leave HYPERHOOK_KAFKA_SSL out, or name the port of an SSL or SASL_SSL listener in HYPERHOOK_KAFKA_BROKERS';
  }
  if (found !== 'nothing known' && actor.mechanism === undefined) {
    return 'wants to know who asks: set HYPERHOOK_KAFKA_SASL_MECHANISM, HYPERHOOK_KAFKA_USERNAME and HYPERHOOK_KAFKA_PASSWORD';
  }
  return undefined;
}

async function refuseUnreachable(cluster: Cluster, actor: Actor): Promise<void> {
  const found = await Promise.allSettled(
    cluster.getNodeIds().map((nodeId) => cluster.findBroker({ nodeId: String(nodeId) })),
  );
  if (found.some(({ status }) => status === 'fulfilled')) return;
  const errors = found.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
  const [first] = errors;
  if (first === undefined) return;
  const cause = rootOf(first);
  if (!cause.name.startsWith('KafkaJSConnection') || !isAbsent(cause)) throw toStartError(first, { actor });
  const named = [...new Set(errors.map((error) => addressOf(rootOf(error))))].join(', ');
  throw new LogError(
    'log_closed',
    `Kafka at ${actor.bootstrap} answers, but names its brokers as ${named}, where none can be reached from here ` +
      `(${codeOf(cause) || cause.message}). Set advertised.listeners of the brokers to addresses that this process can reach; ` +
      `in containers that is a listener for each network`,
    { cause: first },
  );
}

/** Nobody there, or no such place. */
const isAbsent = (cause: Error) =>
  ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT'].includes(
    codeOf(cause),
  ) || cause.message === 'Connection timeout';

/** kafkajs asks every broker for the coordinator of a group, and keeps their reasons to itself: ask once more. */
export async function refuseForbiddenGroup(cluster: Cluster, groupId: string, actor: Actor): Promise<void> {
  try {
    const broker = await adminBroker(cluster);
    await broker.findGroupCoordinator({ groupId, coordinatorType: 0 });
  } catch (error) {
    const asked = [{ operation: 'Read', on: 'group', names: [groupId] }] as const;
    throw typeOf(error) === 'GROUP_AUTHORIZATION_FAILED'
      ? toStartError(error, { actor, asked })
      : toLogError(error, { actor, asked });
  }
}
