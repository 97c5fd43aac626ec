import { describe, expect, it } from '@jest/globals';
import { asPropertiesFile, brokerProperties, type BrokerPlan } from './broker-properties.ts';

const plans = [1, 2, 3].map((nodeId): BrokerPlan => ({
  nodeId,
  port: 100 + nodeId,
  controllerPort: 200 + nodeId,
  folder: `/d/${nodeId}`,
}));
const [first] = plans as [BrokerPlan];

describe('the properties of a broker', () => {
  it('name every voter, and keep three replicas with two in sync, in a cluster of three', () => {
    expect(brokerProperties(first, plans)).toMatchObject({
      'node.id': '1',
      'controller.quorum.voters': '1@127.0.0.1:201,2@127.0.0.1:202,3@127.0.0.1:203',
      listeners: 'PLAINTEXT://127.0.0.1:101,CONTROLLER://127.0.0.1:201',
      'default.replication.factor': '3',
      'min.insync.replicas': '2',
      'offsets.topic.replication.factor': '3',
      'transaction.state.log.min.isr': '2',
      'auto.create.topics.enable': 'false',
    });
  });

  it('keep one of everything with one broker', () => {
    const alone = brokerProperties(first, [first]);
    expect(alone['offsets.topic.replication.factor']).toBe('1');
    expect(alone['min.insync.replicas']).toBe('1');
  });

  it('give way to what a test says', () => {
    expect(brokerProperties(first, [first], { 'node.id': '9' })['node.id']).toBe('9');
  });

  it('are written a line each, and refused where one would be two', () => {
    expect(asPropertiesFile({ a: 'x\\y', b: '1' })).toBe('a=x\\\\y\nb=1\n');
    expect(() => asPropertiesFile({ a: 'x\ny' })).toThrow('Kafka property a: one line only');
  });
});
