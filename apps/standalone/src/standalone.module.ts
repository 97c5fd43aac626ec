import { Module, type DynamicModule } from '@nestjs/common';
import type { Health, Metrics } from '#platform';
import { AdminModule } from '../../admin/src/admin.module.ts';
import type { Admin } from '../../admin/src/create-admin.ts';
import type { Ingestion } from '../../ingestion/src/create-ingestion.ts';
import { IngestionModule } from '../../ingestion/src/ingestion.module.ts';
import { HealthController } from './health.controller.ts';
import { HEALTH, METRICS } from './standalone.tokens.ts';

export interface StandaloneParts {
  readonly ingestion: Ingestion;
  readonly admin: Admin;
  readonly health: Health;
  readonly metrics: Metrics;
}

/** The doors of the apps, on one port. Wiring only. */
@Module({})
export class StandaloneModule {
  static register({ ingestion, admin, health, metrics }: StandaloneParts): DynamicModule {
    return {
      module: StandaloneModule,
      imports: [IngestionModule.register(ingestion), AdminModule.register(admin)],
      controllers: [HealthController],
      providers: [
        { provide: HEALTH, useValue: health },
        { provide: METRICS, useValue: metrics },
      ],
    };
  }
}
