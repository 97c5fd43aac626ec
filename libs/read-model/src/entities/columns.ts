import type { EntitySchemaColumnOptions } from 'typeorm';

/**
 * The column shapes of all tables. Rows speak the engine's language: epoch ms and plain numbers; PostgreSQL speaks its
 * own: timestamptz and bigint. Offsets stay far below 2^53.
 */
type Options = Partial<EntitySchemaColumnOptions>;

export const text = (options: Options = {}): EntitySchemaColumnOptions => ({ type: 'text', ...options });

export const int = (options: Options = {}): EntitySchemaColumnOptions => ({ type: 'integer', ...options });

export const smallint = (options: Options = {}): EntitySchemaColumnOptions => ({
  type: 'smallint',
  ...options,
});

export const flag = (options: Options = {}): EntitySchemaColumnOptions => ({ type: 'boolean', ...options });

export const json = (options: Options = {}): EntitySchemaColumnOptions => ({ type: 'jsonb', ...options });

export const bytes = (options: Options = {}): EntitySchemaColumnOptions => ({ type: 'bytea', ...options });

export const uuid = (options: Options = {}): EntitySchemaColumnOptions => ({ type: 'uuid', ...options });

/** A log offset or a chain number. pg hands bigint over as text. */
export const position = (options: Options = {}): EntitySchemaColumnOptions => ({
  type: 'bigint',
  transformer: {
    to: (value: unknown) => value,
    from: (value: string | null) => (value === null ? null : Number(value)),
  },
  ...options,
});

/** Epoch ms in rows; timestamptz(3) in tables, so that people can read them with psql. */
export const moment = (options: Options = {}): EntitySchemaColumnOptions => ({
  type: 'timestamp with time zone',
  precision: 3,
  transformer: {
    to: (value: unknown) => (typeof value === 'number' ? new Date(value) : value),
    from: (value: Date | null) => (value === null ? null : value.getTime()),
  },
  ...options,
});

/** Named as PostgreSQL itself would. */
export const primaryKey = (table: string) =>
  ({ primary: true, primaryKeyConstraintName: `${table}_pkey` }) as const;
export const nullable = { nullable: true } as const;
