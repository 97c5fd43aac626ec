import { CreateReadModel2026112100001 } from './2026112100001-create-read-model.ts';
import { PackRecordValues2026112200001 } from './2026112200001-pack-record-values.ts';
import { AnsweredRequests2026112801001 } from './2026112801001-answered-requests.ts';
import { CreateKeyUses2026112802001 } from './2026112802001-create-key-uses.ts';
import { Audit2026112803001 } from './2026112803001-audit.ts';
import { IndexChains2026112804001 } from './2026112804001-index-chains.ts';
import { DateRecordValues2026112805001 } from './2026112805001-date-record-values.ts';
import { CreateDashboardViews2026112806001 } from './2026112806001-create-dashboard-views.ts';

/** In order; a released migration is never edited. */
export const migrations = [
  CreateReadModel2026112100001,
  PackRecordValues2026112200001,
  AnsweredRequests2026112801001,
  CreateKeyUses2026112802001,
  Audit2026112803001,
  IndexChains2026112804001,
  DateRecordValues2026112805001,
  CreateDashboardViews2026112806001,
];
