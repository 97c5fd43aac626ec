import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For jobs: the deliveries of one asking, and what one endpoint has held. Both are few among all. */
export class IndexChains2026112804001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX deliveries_by_chain ON deliveries (chain, created_at) WHERE chain > 0`);
    await runner.query(
      `CREATE INDEX deliveries_held ON deliveries (endpoint_id, created_at) WHERE status = 'held'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX deliveries_by_chain, deliveries_held');
  }
}
