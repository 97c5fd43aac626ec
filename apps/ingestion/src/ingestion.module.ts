import { Module, type DynamicModule } from '@nestjs/common';
import type { Ingestion } from './create-ingestion.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { INGESTION } from './ingestion.tokens.ts';

/**
 * Wiring only. The app that mounts it is created with `bodyParser: false`, and calls `acceptJsonBodies` and
 * `addPublishRoute`.
 */
@Module({})
// oxlint-disable-next-line typescript/no-extraneous-class -- Nest knows modules by their class
export class IngestionModule {
  static register(ingestion: Ingestion): DynamicModule {
    return {
      module: IngestionModule,
      providers: [{ provide: INGESTION, useValue: ingestion }, ProblemFilter],
      exports: [ProblemFilter],
    };
  }
}
