import { AuditController } from '../../rest/audit.controller.ts';
import { OperationsController } from '../../rest/operations.controller.ts';
import { schema } from '#http-edge';
import { page, shown } from '../answers.ts';
import { describeRoutes } from '../described-routes.ts';

export const operationsRoutes = describeRoutes(OperationsController, 'Operations', {
  stats: {
    id: 'getStats',
    summary: 'The whole installation at a glance, from the tables',
    access: 'admin',
    answers: shown('Stats'),
  },
  minutes: {
    id: 'getMinutes',
    summary: 'The last hour, minute by minute',
    access: 'admin',
    answers: shown('Minutes'),
  },
  processes: {
    id: 'listProcesses',
    summary: 'The processes that are there now, and how far behind the log their groups are',
    access: 'admin',
    answers: shown('Processes'),
  },
  quarantine: {
    id: 'listQuarantine',
    summary: 'Records that nobody could read, newest first',
    access: 'admin',
    answers: page('QuarantinedRecord', true),
  },
  redrive: {
    id: 'redriveRecord',
    summary:
      'Put a quarantined record into its topic once more, after what kept it from being read was mended',
    description:
      'Records of events, deliveries and retry topics. Asked for again it says where the first one stands, and puts nothing there.',
    access: 'admin',
    example: { topic: 'events', partition: 0, offset: 12 },
    answers: {
      200: {
        description: 'Where it stands now.',
        schema: schema.ref('RedrivenRecord'),
        headers: ['position', 'replayed'],
      },
    },
    problems: ['conflict', 'unavailable'],
  },
});

export const auditRoutes = describeRoutes(AuditController, 'Operations', {
  list: {
    id: 'listAudit',
    summary: 'Who decided what, newest first',
    description: "Operators see all of it; a tenant's key sees what happened to its webhooks.",
    access: 'endpoints:read',
    answers: page('AuditEntry', true),
  },
});
