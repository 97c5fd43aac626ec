import { Module, type DynamicModule } from '@nestjs/common';
import type { Ingestion } from './create-ingestion.ts';
import { ApiKeyGuard } from './http/api-key.guard.ts';
import { EventsController } from './http/events.controller.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { INGESTION } from './ingestion.tokens.ts';

/** Wiring only. The app that mounts it is created with `bodyParser: false` and calls `acceptJsonBodies`. */
@Module({})
// oxlint-disable-next-line typescript/no-extraneous-class -- Nest knows modules by their class
export class IngestionModule {
  static register(ingestion: Ingestion): DynamicModule {
    return {
      module: IngestionModule,
      controllers: [EventsController],
      providers: [{ provide: INGESTION, useValue: ingestion }, ApiKeyGuard, ProblemFilter],
      exports: [ProblemFilter],
    };
  }
}
