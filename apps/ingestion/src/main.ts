import 'reflect-metadata';
import { runApp } from '#service';
import { ingestionSchema } from './ingestion.config.ts';
import { serve } from './serve.ts';

await runApp({ name: 'ingestion', schema: ingestionSchema, commands: { serve } }, process);
