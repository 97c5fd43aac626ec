import pg from 'pg';

/** A row that no table can hold, found before PostgreSQL sees it. */
export class UnusableRow extends Error {
  override readonly name = 'UnusableRow';
}

/** SQLSTATE classes that say "these rows, for ever": data exception, integrity violation, program limit exceeded. */
const ABOUT_ROWS = new Set(['22', '23', '54']);

/**
 * The one place that tells terminal from retryable: true where the same rows will fail again, however often they are
 * tried (the record that made them goes to quarantine, P9). Everything else is the database's trouble, and passes.
 */
export function isDataError(error: unknown): boolean {
  if (error instanceof UnusableRow) return true;
  // TypeORM's errors carry the driver's.
  const said = error instanceof Error && 'driverError' in error ? error.driverError : error;
  return said instanceof pg.DatabaseError && ABOUT_ROWS.has(said.code?.slice(0, 2) ?? '');
}
