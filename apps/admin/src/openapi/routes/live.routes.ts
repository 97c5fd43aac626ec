import { schema } from '#http-edge';
import { LiveController } from '../../rest/live.controller.ts';
import { describeRoutes } from '../described-routes.ts';

export const liveRoutes = describeRoutes(LiveController, 'Deliveries', {
  listen: {
    id: 'listen',
    summary: 'What changes, as it happens',
    description:
      'Server-sent events. changed: {"webhooks":bool,"deliveries":bool,"replays":bool}, what to ask for again; the first one says all three. ' +
      'stats, for operators that ask for it: what GET /stats answers, on one line. end: {"reason":"stopping"|"credential"}, the last one.',
    access: 'deliveries:read',
    answers: {
      200: {
        description: 'A stream without an end of its own.',
        schema: schema.text('Events as a browser reads them.'),
        mediaType: 'text/event-stream',
        headers: ['unbuffered'],
      },
    },
  },
});
