import type { Metadata } from '@grpc/grpc-js';
import { fullName, TENANT_KEY, type CallHeaders, type GuardedServices } from '#grpc-edge';
import { CONTROL_POSITION_HEADER, problemOf } from '#http-edge';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { admitCaller } from '../use-cases/admit-caller.ts';
import { countRequest } from '../use-cases/count-request.ts';
import { TRANSFER_SERVICE } from './transfer-service.ts';

const names = [
  'AuditService',
  'CatalogService',
  'DeliveryService',
  'EventService',
  'KeyService',
  'OperationsService',
  'ReplayService',
  'TenantService',
  TRANSFER_SERVICE,
  'WebhookService',
];

/** What administration offers over gRPC, to the gate before it. */
export function adminServices(context: AdminContext): GuardedServices {
  return {
    services: names.map(fullName),
    admit: async (headers: CallHeaders, answer: Metadata) => {
      const principal = await admitCaller(context, {
        authorization: headers.authorization,
        [CONTROL_POSITION_HEADER]: headers[CONTROL_POSITION_HEADER],
        tenant: headers[TENANT_KEY],
      });
      countRequest(context.keyRates, principal, (name, value) => answer.set(name, value));
      return principal;
    },
    refuse: (error, path) => {
      const answer = problemOf(error, path);
      if (answer.unexpected) context.logger.error({ err: error, path }, 'request.failed');
      return answer;
    },
  };
}
