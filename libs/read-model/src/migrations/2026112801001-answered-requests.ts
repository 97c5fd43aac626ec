import type { MigrationInterface, QueryRunner } from 'typeorm';

/** No projection: nothing in the log can fill it again, so a rebuild leaves it where it stands. */
const up = [
  `CREATE TABLE answered_requests (
    caller text NOT NULL,
    idempotency_key text NOT NULL,
    fingerprint text NOT NULL,
    taken_at timestamptz(3) NOT NULL,
    sealed_answer text,
    CONSTRAINT answered_requests_pkey PRIMARY KEY (caller, idempotency_key)
  )`,
  `CREATE INDEX answered_requests_by_time ON answered_requests (taken_at)`,
];

/** What was answered under an Idempotency-Key, for 24 hours. */
export class AnsweredRequests2026112801001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE answered_requests');
  }
}
