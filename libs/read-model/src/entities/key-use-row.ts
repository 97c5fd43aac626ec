import { EntitySchema } from 'typeorm';
import { moment, primaryKey, text } from './columns.ts';

/** Folds from `key-uses`: when an API key was used last, to about a minute. A key without a row was not used. */
export interface KeyUseRow {
  readonly keyId: string;
  readonly lastUsedAt: number;
}

export const keyUseEntity = new EntitySchema<KeyUseRow>({
  name: 'KeyUse',
  tableName: 'key_uses',
  columns: {
    keyId: text({ name: 'key_id', ...primaryKey('key_uses') }),
    lastUsedAt: moment({ name: 'last_used_at' }),
  },
});
