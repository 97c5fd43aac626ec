import type { EntityManager } from 'typeorm';

/** Where the dashboards' views of a schema's tables stand. */
export const viewsSchemaOf = (schema: string): string => `${schema}_views`;

/**
 * Lets the live views read the shadow's tables, before the live ones are dropped below them. They are replaced, not made
 * anew: what roles were granted on them stays. Views that an installation put there beside ours come along.
 */
export async function rebindViews(manager: EntityManager, live: string, shadow: string): Promise<void> {
  // A definition names tables without a schema only where the search path finds them so.
  await manager.query(`SET LOCAL search_path = ${live}`);
  const views = await manager.query<{ name: string; definition: string }[]>(
    `SELECT quote_ident(c.relname) AS name, pg_get_viewdef(c.oid) AS definition
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relkind = 'v' ORDER BY c.oid`,
    [viewsSchemaOf(live)],
  );
  await manager.query(`SET LOCAL search_path = ${shadow}`);
  for (const { name, definition } of views) {
    await manager.query(`CREATE OR REPLACE VIEW ${viewsSchemaOf(live)}.${name} AS ${definition}`);
  }
  await manager.query(`SET LOCAL search_path = ${live}`);
}
