import { Module, type DynamicModule, type Type } from '@nestjs/common';
import type { Admin } from './create-admin.ts';
import { ADMIN } from './rest/admin-token.ts';
import { ActivityController } from './rest/activity.controller.ts';
import { AuditController } from './rest/audit.controller.ts';
import { AuthGuard } from './rest/auth.guard.ts';
import { CatalogController } from './rest/catalog.controller.ts';
import { DeliveriesController } from './rest/deliveries.controller.ts';
import { EraseController } from './rest/erase.controller.ts';
import { EventsController } from './rest/events.controller.ts';
import { KeysController } from './rest/keys.controller.ts';
import { MeController } from './rest/me.controller.ts';
import { LiveController } from './rest/live.controller.ts';
import { OnceInterceptor } from './rest/once.interceptor.ts';
import { OperationsController } from './rest/operations.controller.ts';
import { PortalTokensController } from './rest/portal-tokens.controller.ts';
import { ProblemFilter } from './rest/problem.filter.ts';
import { ReplaysController } from './rest/replays.controller.ts';
import { TenantsController } from './rest/tenants.controller.ts';
import { BackupController, ExportController, ImportController } from './rest/transfer.controllers.ts';
import { WebhookActionsController } from './rest/webhook-actions.controller.ts';
import { WebhooksController } from './rest/webhooks.controller.ts';

/**
 * Nest wiring only: {@link Admin} is made and started by whoever mounts it. The app is created with `bodyParser: false`,
 * calls `acceptJsonBodies`, and uses one app's ProblemFilter for what no controller catches.
 */
@Module({})
// oxlint-disable-next-line typescript/no-extraneous-class -- Nest knows modules by their class
export class AdminModule {
  /** `grpcServices`: of `grpc/services.ts`, where a gRPC port is given; over HTTP they answer nothing. */
  static register(admin: Admin, grpcServices: readonly Type[] = []): DynamicModule {
    return {
      module: AdminModule,
      controllers: [
        ActivityController,
        AuditController,
        BackupController,
        CatalogController,
        DeliveriesController,
        EraseController,
        EventsController,
        ExportController,
        ImportController,
        KeysController,
        MeController,
        LiveController,
        OperationsController,
        PortalTokensController,
        ReplaysController,
        TenantsController,
        WebhookActionsController,
        WebhooksController,
        ...grpcServices,
      ],
      providers: [{ provide: ADMIN, useValue: admin.context }, AuthGuard, OnceInterceptor, ProblemFilter],
      exports: [ProblemFilter],
    };
  }
}
