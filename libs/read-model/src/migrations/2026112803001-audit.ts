import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = [
  `CREATE TABLE audit (
    position bigint NOT NULL,
    fact_id text NOT NULL,
    at timestamptz(3) NOT NULL,
    actor text NOT NULL,
    type text NOT NULL,
    subject_kind text NOT NULL,
    subject_id text,
    tenant_id text,
    before jsonb,
    after jsonb,
    details jsonb NOT NULL,
    CONSTRAINT audit_pkey PRIMARY KEY (position)
  )`,
  `CREATE UNIQUE INDEX audit_by_fact ON audit (fact_id)`,
  `CREATE INDEX audit_by_time ON audit (at, position)`,
  `CREATE INDEX audit_by_tenant ON audit (tenant_id, at, position)`,
  `CREATE INDEX audit_by_subject ON audit (subject_id, at, position)`,
  `CREATE INDEX audit_by_actor ON audit (actor, at, position)`,
  `CREATE INDEX audit_by_type ON audit (type, at, position)`,
  `CREATE TABLE control_states (
    kind text NOT NULL,
    id text NOT NULL,
    tenant_id text,
    state jsonb,
    CONSTRAINT control_states_pkey PRIMARY KEY (kind, id)
  )`,
  `CREATE INDEX control_states_by_tenant ON control_states (tenant_id)`,
  // Control is kept for ever: folding it anew fills in what was decided before there was an audit. Its other rows come to
  // the same again.
  `DELETE FROM projection_positions WHERE topic = 'control'`,
];

/** Who decided what, and what it was before and after. */
export class Audit2026112803001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit, control_states');
  }
}
