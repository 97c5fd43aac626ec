import 'reflect-metadata';
import { runApp } from '#service';
import { rebuildTables } from './rebuild.ts';
import { restore } from './restore.ts';
import { rewrapSecrets } from './rewrap-secrets.ts';
import { serve } from './serve.ts';
import { standaloneSchema } from './standalone.config.ts';

await runApp(
  {
    name: 'standalone',
    schema: standaloneSchema,
    commands: { serve, rebuild: rebuildTables, restore, 'rewrap-secrets': rewrapSecrets },
  },
  process,
);
