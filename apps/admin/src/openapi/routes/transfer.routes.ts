import { schema, type Answer } from '#http-edge';
import { EraseController } from '../../rest/erase.controller.ts';
import { BackupController, ExportController, ImportController } from '../../rest/transfer.controllers.ts';
import { describeRoutes } from '../described-routes.ts';

/** JSON lines, as they are opened. */
const lines = (description: string): Readonly<Record<number, Answer>> => ({
  200: { description, schema: schema.text('One JSON object a line.'), mediaType: 'application/x-ndjson' },
});

export const importRoutes = describeRoutes(ImportController, 'Moving in and out', {
  import: {
    id: 'importLines',
    summary: 'Bring tenants, keys and webhooks in, with their ids and secrets',
    description:
      'Each line says what is to be, so the same lines again change nothing. A line that is wrong stops no other.',
    access: 'admin',
    example: { lines: [{ kind: 'tenant', id: 'moved', name: 'Moved in', contract: 'hyprwatch' }] },
    answers: {
      200: {
        description: 'What became of each line, in their order.',
        schema: schema.ref('Imported'),
        headers: ['position', 'replayed'],
      },
    },
  },
});

export const exportRoutes = describeRoutes(ExportController, 'Moving in and out', {
  export: {
    id: 'exportLines',
    summary: 'All tenants, keys and webhooks, with their ids and secrets in clear',
    description:
      'That they left is a fact in control before the first line is sent. The last line counts the others.',
    access: 'admin',
    answers: lines('Lines as an import takes them.'),
  },
});

export const backupRoutes = describeRoutes(BackupController, 'Moving in and out', {
  backup: {
    id: 'backupControl',
    summary: 'The control topic as it stands, for a new installation to begin with',
    description: 'Secrets in it stay sealed. The last line holds a checksum of the others.',
    access: 'admin',
    answers: lines('Records of control, with their offsets.'),
  },
});

export const eraseRoutes = describeRoutes(EraseController, 'Tenants', {
  erase: {
    id: 'eraseData',
    summary: 'Have the tables forget events and deliveries of a tenant',
    description:
      'Named events, those with a value in their body, or all. It is carried out within about a minute.',
    access: 'admin',
    example: { event_ids: ['evt_1'] },
    answers: {
      202: {
        description: 'It will be done.',
        schema: schema.ref('Erasing'),
        headers: ['position', 'replayed'],
      },
    },
    problems: ['unavailable'],
  },
});
