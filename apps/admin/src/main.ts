import 'reflect-metadata';
import { runApp } from '#service';
import { adminSchema } from './admin.config.ts';
import { rewrapSecrets } from './rewrap-secrets.ts';
import { serve } from './serve.ts';

await runApp(
  { name: 'admin', schema: adminSchema, commands: { serve, 'rewrap-secrets': rewrapSecrets } },
  process,
);
