// Not by the door of the testkit, which cannot be opened outside of jest.
import {
  startKafka,
  type KafkaForTests,
  type KafkaForTestsOptions,
} from '../../libs/testkit/src/kafka-for-tests.ts';
import { startPostgres, type PostgresForTests } from '../../libs/testkit/src/postgres-for-tests.ts';

/** Brokers and a database. Where one does not start, the other is stopped: a suite that never began leaves nothing. */
export async function startServers(
  options: KafkaForTestsOptions = {},
): Promise<readonly [KafkaForTests, PostgresForTests]> {
  const starting = [startKafka(options), startPostgres()] as const;
  try {
    return await Promise.all(starting);
  } catch (error) {
    for (const started of await Promise.allSettled(starting)) {
      if (started.status === 'fulfilled') await started.value.stop();
    }
    throw error;
  }
}
