import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateKeyUses2026112802001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE key_uses (
      key_id text NOT NULL,
      last_used_at timestamptz(3) NOT NULL,
      CONSTRAINT key_uses_pkey PRIMARY KEY (key_id)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE key_uses');
    // So that the table is filled again from the log if it comes back.
    await runner.query(`DELETE FROM projection_positions WHERE topic = 'key-uses'`);
  }
}
