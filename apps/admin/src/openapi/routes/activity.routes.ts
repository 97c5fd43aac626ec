import { ActivityController } from '../../rest/activity.controller.ts';
import { shown } from '../answers.ts';
import { describeRoutes } from '../described-routes.ts';

export const activityRoutes = describeRoutes(ActivityController, 'Webhooks', {
  list: {
    id: 'listActivity',
    summary: 'The last day of many endpoints, hour by hour, by one call',
    description:
      'By the hour in which events were accepted, as their deliveries stand now. Tests are not counted.',
    access: 'endpoints:read',
    answers: shown('Activities'),
  },
});
