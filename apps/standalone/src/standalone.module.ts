import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { AdminModule } from '../../admin/src/admin.module.ts';
import type { Admin } from '../../admin/src/create-admin.ts';
import type { Ingestion } from '../../ingestion/src/create-ingestion.ts';
import { IngestionModule } from '../../ingestion/src/ingestion.module.ts';

/** The doors of the apps, on one port. Wiring only. */
@Module({})
// oxlint-disable-next-line typescript/no-extraneous-class -- Nest knows modules by their class
export class StandaloneModule {
  static register(ingestion: Ingestion, admin: Admin, grpcServices?: readonly Type[]): DynamicModule {
    return {
      module: StandaloneModule,
      imports: [IngestionModule.register(ingestion), AdminModule.register(admin, grpcServices)],
    };
  }
}
