import { MeController } from '../../rest/me.controller.ts';
import { shown } from '../answers.ts';
import { describeRoutes } from '../described-routes.ts';

export const meRoutes = describeRoutes(MeController, 'Catalogue', {
  get: {
    id: 'getMe',
    summary: 'Whom the key or token speaks for, and what it may do',
    access: 'any-key',
    answers: shown('Me'),
  },
});
