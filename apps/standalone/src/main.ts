import 'reflect-metadata';
import { runApp } from '#service';
import { rebuildTables } from './rebuild.ts';
import { serve } from './serve.ts';
import { standaloneSchema } from './standalone.config.ts';

await runApp(
  { name: 'standalone', schema: standaloneSchema, commands: { serve, rebuild: rebuildTables } },
  process,
);
