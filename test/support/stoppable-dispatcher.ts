/**
 * A dispatcher over Kafka as a process of its own, for tests that make it stand still: tells its parent of every request.
 * Arguments: brokers, prefix, key of the secrets (base64), ms that each answer takes.
 */
import { SecretBox } from '#control';
import { openKafkaLog } from '#log';
import { DispatcherRig, PARTITIONS } from './dispatcher-rig.ts';
import { FakeSender, type Sent } from './fake-sender.ts';

/** One request, and when it was made (epoch ms). */
export interface RequestMade {
  readonly delivery: string;
  readonly at: number;
}

const [brokers = '', prefix = '', key = '', after = '0'] = process.argv.slice(2);

const log = await openKafkaLog({
  brokers: brokers.split(','),
  clientId: 'stoppable',
  prefix,
  sessionTimeoutMs: 6_000,
  heartbeatMs: 200,
});
await log.ensureTopics(PARTITIONS);
const sender = new FakeSender();
sender.answer = ({ headers, at }: Sent) => {
  const made: RequestMade = { delivery: headers['X-Hyperleap-Delivery-Id'] ?? '', at };
  process.send?.(made);
  return { status: 200, after: Number(after) };
};
const secrets = new SecretBox(new Map([['t', Buffer.from(key, 'base64')]]), 't');
await new DispatcherRig(log, { sender, secrets }).open();
process.on('disconnect', () => process.exit());
