import { describe, expect, it } from '@jest/globals';
import { topics } from '../topics.ts';
import { riskyIn, wrongWith, type FoundTopic } from './topic-check.ts';
import { topicCommands } from './topic-commands.ts';
import { settingsOf } from './topic-settings.ts';

const spec = topics.find(({ name }) => name === 'events')!;
const topic = (settings: Record<string, string>, more: Partial<FoundTopic> = {}): FoundTopic => ({
  name: 'h.events',
  partitions: 4,
  replication: 3,
  settings: new Map([...settingsOf(spec), ...Object.entries({ 'min.insync.replicas': '2', ...settings })]),
  ...more,
});

describe('a topic that is there', () => {
  it('is fine as ensureTopics would have made it', () => {
    expect([...wrongWith(topic({}), spec, 4, 'b:9'), ...riskyIn(topic({}), 3, 'b:9')]).toEqual([]);
  });

  it('is wrong in every setting that differs, each with the line that mends it', () => {
    const found = topic({
      'cleanup.policy': 'compact',
      'retention.ms': '1000',
      'message.timestamp.type': 'CreateTime',
      'max.message.bytes': '1000',
    });
    const wrong = wrongWith(found, spec, 4, 'b:9');
    expect(wrong).toHaveLength(4);
    expect(wrong[2]).toBe(
      'topic h.events has message.timestamp.type=CreateTime, it must be LogAppendTime; kafka-configs.sh ' +
        '--bootstrap-server b:9 --alter --entity-type topics --entity-name h.events --add-config message.timestamp.type=LogAppendTime',
    );
  });

  it('may take larger records, and is not asked to be without partitions that it has', () => {
    expect(wrongWith(topic({ 'max.message.bytes': '99999999' }), spec, 4, 'b:9')).toEqual([]);
    expect(wrongWith(topic({}), spec, 2, 'b:9')).toEqual([
      'topic h.events has 4 partitions, 2 were asked for; Kafka cannot take partitions away: ask for 4',
    ]);
  });

  it.each([
    [topic({}, { replication: 1 }), 3, 'replication 1, the cluster could keep 3 copies'],
    [
      topic({ 'min.insync.replicas': '1' }),
      3,
      'min.insync.replicas=1: what one broker alone has acknowledged',
    ],
    [topic({ 'min.insync.replicas': '3' }), 3, 'min.insync.replicas=3 of 3 copies: nothing is appended'],
    [topic({ 'unclean.leader.election.enable': 'true' }), 3, 'unclean.leader.election.enable=true'],
    [
      topic({ 'retention.bytes': '1000' }),
      3,
      'retention.bytes=1000: under load records go before their time',
    ],
  ])('is worth a warning, not an error, where records are at risk (%#)', (found, brokers, words) => {
    expect(wrongWith(found, spec, 4, 'b:9')).toEqual([]);
    expect(riskyIn(found, brokers, 'b:9')).toEqual([expect.stringContaining(words)]);
  });

  it('may have one copy where there is one broker', () => {
    expect(riskyIn(topic({ 'min.insync.replicas': '1' }, { replication: 1 }), 1, 'b:9')).toEqual([]);
  });
});

describe('the commands for an operator', () => {
  it('create every topic with its partitions and settings', () => {
    const lines = topicCommands('h.', 12, 3, 'b:9');
    expect(lines).toHaveLength(topics.length);
    expect(lines[0]).toBe(
      'kafka-topics.sh --bootstrap-server b:9 --create --if-not-exists --topic h.control --partitions 1 ' +
        '--replication-factor 3 --config cleanup.policy=delete --config retention.ms=-1 ' +
        `--config message.timestamp.type=LogAppendTime --config max.message.bytes=${settingsOf(spec).get('max.message.bytes')} ` +
        '--config min.insync.replicas=2',
    );
    expect(lines[1]).toContain('--topic h.events --partitions 12 ');
  });

  it('ask for two in sync only where there are three copies', () => {
    expect(topicCommands('h.', 12, 1, 'b:9').join()).not.toContain('insync');
  });
});
