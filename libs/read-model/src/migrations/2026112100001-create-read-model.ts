import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Plain SQL without schema names: it runs in whatever schema the connection works in. No foreign keys: slices of
 * different topics arrive in any relative order. */
const up = [
  `CREATE TABLE tenants (
    id text NOT NULL,
    name text NOT NULL,
    contract text NOT NULL,
    attributes jsonb NOT NULL,
    entitled boolean NOT NULL,
    version integer NOT NULL,
    created_at timestamptz(3) NOT NULL,
    deleted_at timestamptz(3),
    CONSTRAINT tenants_pkey PRIMARY KEY (id)
  )`,

  `CREATE TABLE endpoints (
    id text NOT NULL,
    tenant_id text NOT NULL,
    url text NOT NULL,
    events jsonb NOT NULL,
    description text NOT NULL,
    status text NOT NULL,
    reason text,
    term integer NOT NULL,
    version integer NOT NULL,
    created_at timestamptz(3) NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    deleted_at timestamptz(3),
    CONSTRAINT endpoints_pkey PRIMARY KEY (id)
  )`,
  `CREATE INDEX endpoints_by_tenant ON endpoints (tenant_id, created_at)`,

  `CREATE TABLE endpoint_days (
    endpoint_id text NOT NULL,
    day date NOT NULL,
    tenant_id text NOT NULL,
    attempts integer NOT NULL,
    failed_attempts integer NOT NULL,
    delivered integer NOT NULL,
    failed integer NOT NULL,
    expired integer NOT NULL,
    held integer NOT NULL,
    cancelled integer NOT NULL,
    CONSTRAINT endpoint_days_pkey PRIMARY KEY (endpoint_id, day)
  )`,
  `CREATE INDEX endpoint_days_by_day ON endpoint_days (day, tenant_id)`,

  `CREATE TABLE events (
    tenant_id text NOT NULL,
    id text NOT NULL,
    type text NOT NULL,
    contract text NOT NULL,
    occurred_at timestamptz(3) NOT NULL,
    accepted_at timestamptz(3) NOT NULL,
    slot integer,
    body bytea NOT NULL,
    duplicates integer NOT NULL DEFAULT 0,
    log_partition integer NOT NULL,
    log_offset bigint NOT NULL,
    CONSTRAINT events_pkey PRIMARY KEY (tenant_id, id)
  )`,
  `CREATE INDEX events_by_tenant ON events (tenant_id, accepted_at, id)`,
  `CREATE INDEX events_by_time ON events (accepted_at, tenant_id, id)`,

  `CREATE TABLE unmatched_events (
    tenant_id text NOT NULL,
    event_id text NOT NULL,
    at timestamptz(3) NOT NULL,
    log_partition integer NOT NULL,
    log_offset bigint NOT NULL,
    CONSTRAINT unmatched_events_pkey PRIMARY KEY (tenant_id, event_id)
  )`,

  `CREATE TABLE deliveries (
    id uuid NOT NULL,
    tenant_id text NOT NULL,
    endpoint_id text NOT NULL,
    event_id text NOT NULL,
    event_type text NOT NULL,
    status text NOT NULL,
    reason text,
    chain bigint NOT NULL,
    attempt integer NOT NULL,
    step integer NOT NULL,
    settled boolean NOT NULL,
    asked_by text NOT NULL,
    test boolean NOT NULL,
    next_due_at timestamptz(3),
    term integer,
    occurred_at timestamptz(3) NOT NULL,
    created_at timestamptz(3) NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    last_chain bigint,
    last_attempt integer,
    last_status_code integer,
    last_error text,
    last_duration_ms integer,
    log_partition integer NOT NULL,
    event_offset bigint,
    head_topic text NOT NULL,
    head_offset bigint NOT NULL,
    CONSTRAINT deliveries_pkey PRIMARY KEY (id)
  )`,
  `CREATE INDEX deliveries_by_endpoint ON deliveries (endpoint_id, created_at, id)`,
  `CREATE INDEX deliveries_by_tenant ON deliveries (tenant_id, created_at, id)`,
  `CREATE INDEX deliveries_by_status ON deliveries (tenant_id, status, created_at, id)`,
  `CREATE INDEX deliveries_by_type ON deliveries (tenant_id, event_type, created_at, id)`,
  `CREATE INDEX deliveries_by_event ON deliveries (tenant_id, event_id)`,
  `CREATE INDEX deliveries_by_time ON deliveries (created_at, id)`,
  `CREATE INDEX deliveries_open ON deliveries (status) WHERE status IN ('pending', 'held')`,

  `CREATE TABLE attempts (
    delivery_id uuid NOT NULL,
    chain bigint NOT NULL,
    attempt integer NOT NULL,
    tenant_id text NOT NULL,
    endpoint_id text NOT NULL,
    asked_by text NOT NULL,
    restamped_at timestamptz(3),
    kind text NOT NULL,
    reason text,
    step integer NOT NULL,
    term integer NOT NULL,
    at timestamptz(3) NOT NULL,
    started_at timestamptz(3),
    duration_ms integer,
    url text,
    request_headers jsonb,
    status_code integer,
    response_headers jsonb,
    response_body bytea,
    response_bytes integer,
    response_truncated boolean NOT NULL,
    error_class text,
    message text,
    next_due_at timestamptz(3),
    next_tiers jsonb,
    log_partition integer NOT NULL,
    log_offset bigint NOT NULL,
    CONSTRAINT attempts_pkey PRIMARY KEY (delivery_id, chain, attempt)
  )`,

  `CREATE TABLE projection_positions (
    projection text NOT NULL,
    topic text NOT NULL,
    log_partition integer NOT NULL,
    next_offset bigint NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    CONSTRAINT projection_positions_pkey PRIMARY KEY (projection, topic, log_partition)
  )`,

  `CREATE TABLE quarantine (
    topic text NOT NULL,
    log_partition integer NOT NULL,
    log_offset bigint NOT NULL,
    reason text NOT NULL,
    at timestamptz(3) NOT NULL,
    report_offset bigint NOT NULL,
    CONSTRAINT quarantine_pkey PRIMARY KEY (topic, log_partition, log_offset)
  )`,
  `CREATE INDEX quarantine_by_time ON quarantine (at, topic, log_partition, log_offset)`,
];

const down = `DROP TABLE tenants, endpoints, endpoint_days, events, unmatched_events, deliveries, attempts,
  projection_positions, quarantine`;

export class CreateReadModel2026112100001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}
