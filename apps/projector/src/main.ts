import 'reflect-metadata';
import { runApp } from '#service';
import { projectorSchema } from './projector.config.ts';
import { rebuildTables } from './rebuild-tables.ts';
import { serve } from './serve.ts';

await runApp(
  { name: 'projector', schema: projectorSchema, commands: { serve, rebuild: rebuildTables } },
  process,
);
