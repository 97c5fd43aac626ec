import { CatalogController } from '../../rest/catalog.controller.ts';
import { shown } from '../answers.ts';
import { describeRoutes } from '../described-routes.ts';

export const catalogRoutes = describeRoutes(CatalogController, 'Catalogue', {
  contracts: {
    id: 'listContracts',
    summary: 'All contracts: event types, schedules, words',
    access: 'any-key',
    answers: shown('Contracts'),
  },
  tiers: { id: 'listTiers', summary: 'The retry tiers', access: 'any-key', answers: shown('Tiers') },
});
