import { AuditService } from './audit.service.ts';
import { CatalogService } from './catalog.service.ts';
import { DeliveryService } from './delivery.service.ts';
import { EventService } from './event.service.ts';
import { KeyService } from './key.service.ts';
import { OperationsService } from './operations.service.ts';
import { ReplayService } from './replay.service.ts';
import { TenantService } from './tenant.service.ts';
import { WebhookActionsService } from './webhook-actions.service.ts';
import { WebhookService } from './webhook.service.ts';

/** Controllers of all services; {@link adminServices} names what they offer. */
export const grpcServices = [
  AuditService,
  CatalogService,
  DeliveryService,
  EventService,
  KeyService,
  OperationsService,
  ReplayService,
  TenantService,
  WebhookActionsService,
  WebhookService,
];
