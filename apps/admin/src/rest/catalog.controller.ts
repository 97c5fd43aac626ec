import { Get, Inject } from '@nestjs/common';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { AdminController } from './admin-controller.ts';
import { ADMIN } from './admin-token.ts';
import { contractView } from './contract.view.ts';
import { tierViews } from './tier.view.ts';

/** What there is to choose from; any key may read it. */
@AdminController('')
export class CatalogController {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @Get('contracts')
  contracts() {
    return { data: [...this.#admin.contracts.values()].map(contractView) };
  }

  @Get('tiers')
  tiers() {
    return { data: tierViews() };
  }
}
