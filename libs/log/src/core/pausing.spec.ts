import { describe, expect, it } from '@jest/globals';
import type { TopicName } from '../topics.ts';
import { reconcilePauses, topicPartition, type TopicPartition } from './pausing.ts';

describe('pausing by desired state', () => {
  it('applies only the difference, also when called again', () => {
    const calls: string[] = [];
    const group = {
      pause: (topic: TopicName, partition: number) => void calls.push(`pause ${topic} ${partition}`),
      resume: (topic: TopicName, partition: number) => void calls.push(`resume ${topic} ${partition}`),
    };
    const current = new Set<TopicPartition>();
    const first = new Set([topicPartition('events', 3), topicPartition('retry.1s', 12)]);
    reconcilePauses(first, current, group);
    reconcilePauses(first, current, group);
    reconcilePauses(new Set([topicPartition('events', 3)]), current, group);
    reconcilePauses(new Set(), current, group);
    expect(calls).toEqual(['pause events 3', 'pause retry.1s 12', 'resume retry.1s 12', 'resume events 3']);
    expect(current.size).toBe(0);
  });
});
