import { describe, expect, it } from '@jest/globals';
import { startKafka } from './kafka-for-tests.ts';

describe('startKafka', () => {
  it('takes the cluster that KAFKA_BROKERS names, and never ends it', async () => {
    const kafka = await startKafka({}, { KAFKA_BROKERS: 'a:9092, b:9093,' });
    expect(kafka.brokers).toEqual(['a:9092', 'b:9093']);
    await kafka.stop();
    await expect(kafka.kill(1)).rejects.toThrow('broker 1 is not ours to kill: KAFKA_BROKERS names it');
    await expect(kafka.restart(1)).rejects.toThrow('not ours to restart');
  });
});
