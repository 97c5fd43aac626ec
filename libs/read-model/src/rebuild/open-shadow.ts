import { openReadModel, type ReadModel, type ReadModelOptions } from '../open-read-model.ts';
import { viewsSchemaOf } from './rebind-views.ts';

/** Fresh tables in a schema of their own, `<schema>_rebuild`; what an interrupted rebuild left there is dropped. */
export async function openShadow(options: ReadModelOptions, live: ReadModel): Promise<ReadModel> {
  const schema = `${live.schema}_rebuild`;
  await live.dataSource.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  await live.dataSource.query(`DROP SCHEMA IF EXISTS ${viewsSchemaOf(schema)} CASCADE`);
  const shadow = await openReadModel({ ...options, schema });
  await shadow.migrate();
  return shadow;
}
