import type { KafkaMessage } from 'kafkajs';

/** What is read of one record of another team's topic; any kafkajs message is one. */
export type UpstreamMessage = Pick<KafkaMessage, 'offset' | 'timestamp' | 'headers' | 'value'>;

/** One record and where it stands. */
export interface UpstreamRecord {
  readonly topic: string;
  readonly partition: number;
  readonly message: UpstreamMessage;
}
