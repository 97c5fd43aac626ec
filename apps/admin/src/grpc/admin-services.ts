import { fullName, TENANT_KEY, type CallHeaders, type GuardedServices } from '#grpc-edge';
import { CONTROL_POSITION_HEADER, problemOf } from '#http-edge';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { admitCaller } from '../use-cases/admit-caller.ts';

const names = [
  'AuditService',
  'CatalogService',
  'DeliveryService',
  'EventService',
  'KeyService',
  'ReplayService',
  'TenantService',
  'WebhookService',
];

/** What administration offers over gRPC, to the gate before it. */
export function adminServices(context: AdminContext): GuardedServices {
  return {
    services: names.map(fullName),
    admit: (headers: CallHeaders) =>
      admitCaller(context, {
        authorization: headers.authorization,
        [CONTROL_POSITION_HEADER]: headers[CONTROL_POSITION_HEADER],
        tenant: headers[TENANT_KEY],
      }),
    refuse: (error, path) => {
      const answer = problemOf(error, path);
      if (answer.unexpected) context.logger.error({ err: error, path }, 'request.failed');
      return answer;
    },
  };
}
