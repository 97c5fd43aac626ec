import 'reflect-metadata';
import { runApp } from '#service';
import { adminSchema } from './admin.config.ts';
import { restore } from './restore.ts';
import { rewrapSecrets } from './rewrap-secrets.ts';
import { serve } from './serve.ts';

await runApp(
  { name: 'admin', schema: adminSchema, commands: { serve, restore, 'rewrap-secrets': rewrapSecrets } },
  process,
);
