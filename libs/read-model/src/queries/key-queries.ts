import { In, type DataSource } from 'typeorm';
import { keyUseEntity } from '../entities/key-use-row.ts';

export interface KeyQueries {
  /** Epoch ms of the last use by key id; a key that is absent was not used. */
  readonly lastUses: (keyIds: readonly string[]) => Promise<ReadonlyMap<string, number>>;
}

export function keyQueries(dataSource: DataSource): KeyQueries {
  return {
    lastUses: async (keyIds) => {
      const rows = await dataSource.getRepository(keyUseEntity).findBy({ keyId: In([...keyIds]) });
      return new Map(rows.map(({ keyId, lastUsedAt }) => [keyId, lastUsedAt]));
    },
  };
}
