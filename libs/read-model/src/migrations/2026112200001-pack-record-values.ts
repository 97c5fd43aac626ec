import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CreateReadModel2026112100001 } from './2026112100001-create-read-model.ts';

/** Plain (packing 0), one value each: what is written from now on is packed together. */
const up = [
  `CREATE TABLE record_values (
    topic text NOT NULL,
    log_partition integer NOT NULL,
    first_offset bigint NOT NULL,
    packing smallint NOT NULL,
    packed bytea NOT NULL,
    CONSTRAINT record_values_pkey PRIMARY KEY (topic, log_partition, first_offset)
  )`,
  // Packed already: PostgreSQL need not try.
  `ALTER TABLE record_values ALTER COLUMN packed SET STORAGE EXTERNAL`,
  `INSERT INTO record_values SELECT 'events', log_partition, log_offset, 0, body FROM events`,
  `INSERT INTO record_values
   SELECT 'outcomes', log_partition, log_offset, 0, convert_to(jsonb_build_object(
     'startedAt', (extract(epoch FROM started_at) * 1000)::bigint,
     'durationMs', duration_ms,
     'requestHeaders', request_headers,
     'url', url,
     'status', status_code,
     'errorClass', error_class,
     'message', message,
     'responseHeaders', response_headers,
     'responseBody', translate(encode(response_body, 'base64'), E'\\n', ''),
     'responseBytes', response_bytes,
     'responseTruncated', response_truncated)::text, 'UTF8')
   FROM attempts WHERE started_at IS NOT NULL`,

  `ALTER TABLE events DROP COLUMN body`,
  `DROP INDEX events_by_tenant, events_by_time`,
  `CREATE INDEX events_by_tenant ON events (tenant_id, accepted_at)`,
  `CREATE INDEX events_by_time ON events (accepted_at)`,

  // Made anew, by falling width: no padding between columns, no traces of dropped ones.
  `CREATE TABLE narrow_attempts (
    chain bigint NOT NULL,
    log_offset bigint NOT NULL,
    at timestamptz(3) NOT NULL,
    started_at timestamptz(3),
    restamped_at timestamptz(3),
    next_due_at timestamptz(3),
    attempt integer NOT NULL,
    step integer NOT NULL,
    term integer NOT NULL,
    log_partition integer NOT NULL,
    duration_ms integer,
    status_code integer,
    delivery_id uuid NOT NULL,
    kind text NOT NULL,
    asked_by text NOT NULL,
    reason text,
    error_class text,
    next_tiers jsonb
  )`,
  `INSERT INTO narrow_attempts SELECT chain, log_offset, at, started_at, restamped_at, next_due_at, attempt, step, term,
     log_partition, duration_ms, status_code, delivery_id, kind, asked_by, reason, error_class, next_tiers FROM attempts`,
  `DROP TABLE attempts`,
  `ALTER TABLE narrow_attempts RENAME TO attempts`,
  `ALTER TABLE attempts ADD CONSTRAINT attempts_pkey PRIMARY KEY (delivery_id, chain, attempt)`,

  `DROP INDEX deliveries_by_endpoint, deliveries_by_tenant, deliveries_by_status, deliveries_by_type,
     deliveries_by_event, deliveries_by_time`,
  `CREATE INDEX deliveries_by_endpoint ON deliveries (endpoint_id, created_at)`,
  `CREATE INDEX deliveries_by_tenant ON deliveries (tenant_id, created_at)`,
  `CREATE INDEX deliveries_by_status ON deliveries (tenant_id, status, created_at) WHERE status <> 'delivered'`,
  `CREATE INDEX deliveries_by_type ON deliveries (tenant_id, event_type, created_at)`,
  `CREATE INDEX deliveries_by_event ON deliveries (event_id)`,
  `CREATE INDEX deliveries_by_time ON deliveries (created_at)`,
];

/**
 * What is written for a delivery comes to about half (decision 0021): values of records are packed together, columns that
 * only pages show stay in them, and indexes hold what finds a row, not what orders a millisecond.
 */
export class PackRecordValues2026112200001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  /** Leaves the tables empty, positions with them: projectors fill them from the log. */
  async down(runner: QueryRunner): Promise<void> {
    const first = new CreateReadModel2026112100001();
    await runner.query('DROP TABLE record_values');
    await first.down(runner);
    await first.up(runner);
  }
}
