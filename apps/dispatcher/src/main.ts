import 'reflect-metadata';
import { runApp } from '#service';
import { dispatcherSchema } from './dispatcher.config.ts';
import { serve } from './serve.ts';

await runApp({ name: 'dispatcher', schema: dispatcherSchema, commands: { serve } }, process);
