import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Values that are there already count from today: they stay a whole period longer, rather than go too early. */
const up = [
  `ALTER TABLE record_values ADD COLUMN newest_at timestamptz(3) NOT NULL DEFAULT now()`,
  `ALTER TABLE record_values ALTER COLUMN newest_at DROP DEFAULT`,
  `CREATE INDEX record_values_by_time ON record_values (newest_at)`,
  `CREATE TABLE erasures (
    control_offset bigint NOT NULL,
    at timestamptz(3) NOT NULL,
    tenant_id text NOT NULL,
    event_ids jsonb,
    CONSTRAINT erasures_pkey PRIMARY KEY (control_offset)
  )`,
];

const down = [`DROP TABLE erasures`, `ALTER TABLE record_values DROP COLUMN newest_at`];

/** Says how old values are, so that they can go by time; and what was asked to be erased. */
export class DateRecordValues2026112805001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}
