import {
  openApiDocument,
  probeOperations,
  publishOperation,
  publishSchemas,
  type OpenApiDocument,
} from '#http-edge';
import type { DescribedController } from './described-routes.ts';
import { activityRoutes } from './routes/activity.routes.ts';
import { catalogRoutes } from './routes/catalog.routes.ts';
import { meRoutes } from './routes/me.routes.ts';
import { deliveryRoutes, eventRoutes } from './routes/history.routes.ts';
import { auditRoutes, operationsRoutes } from './routes/operations.routes.ts';
import { liveRoutes } from './routes/live.routes.ts';
import { keyRoutes, portalTokenRoutes, tenantRoutes } from './routes/operator.routes.ts';
import { backupRoutes, eraseRoutes, exportRoutes, importRoutes } from './routes/transfer.routes.ts';
import { webhookActionRoutes, webhookRoutes } from './routes/webhooks.routes.ts';
import { replayRoutes } from './routes/replays.routes.ts';
import { catalogSchemas } from './schemas/catalog.schemas.ts';
import { deliverySchemas } from './schemas/delivery.schemas.ts';
import { eventSchemas } from './schemas/event.schemas.ts';
import { operationsSchemas } from './schemas/operations.schemas.ts';
import { operatorSchemas } from './schemas/operator.schemas.ts';
import { replaySchemas } from './schemas/replay.schemas.ts';
import { transferSchemas } from './schemas/transfer.schemas.ts';
import { webhookSchemas } from './schemas/webhook.schemas.ts';

/** Every controller of administration, with what its calls are about. */
export const describedControllers: readonly DescribedController[] = [
  eventRoutes,
  webhookRoutes,
  webhookActionRoutes,
  activityRoutes,
  deliveryRoutes,
  liveRoutes,
  replayRoutes,
  tenantRoutes,
  portalTokenRoutes,
  eraseRoutes,
  keyRoutes,
  operationsRoutes,
  auditRoutes,
  importRoutes,
  exportRoutes,
  backupRoutes,
  catalogRoutes,
  meRoutes,
];

/** The whole REST API, publishing and probes included, whichever process answers which call. */
export function adminDocument(): OpenApiDocument {
  return openApiDocument({
    operations: [
      publishOperation,
      ...describedControllers.flatMap(({ operations }) => operations),
      ...probeOperations,
    ],
    schemas: {
      ...publishSchemas,
      ...eventSchemas,
      ...webhookSchemas,
      ...deliverySchemas,
      ...replaySchemas,
      ...operatorSchemas,
      ...transferSchemas,
      ...operationsSchemas,
      ...catalogSchemas,
    },
    tags: {
      Events: 'What happened upstream. Published once, delivered to every endpoint that wants it.',
      Webhooks: "Customers' endpoints: URL, subscription, secret, state.",
      Deliveries: 'One event for one endpoint, with all its attempts.',
      Replays: 'Jobs that send many deliveries again, or settle what is held.',
      Tenants: 'The customers whose endpoints receive webhooks. For operators.',
      Keys: 'API keys. For operators.',
      'Moving in and out':
        'Tenants, keys and webhooks with their ids and secrets; control itself. For operators.',
      Operations: 'How the whole installation does. For operators.',
      Catalogue: 'What there is to choose from.',
      Health: 'For supervisors and scrapers; no key, nothing secret.',
    },
  });
}
