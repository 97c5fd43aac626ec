import { Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { ADMIN } from '../rest/admin-token.ts';
import { contractView } from '../rest/contract.view.ts';
import { tierViews } from '../rest/tier.view.ts';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { GrpcController } from './grpc-controller.ts';

const SERVICE = 'CatalogService';

/** What there is to choose from; any key may read it. */
@GrpcController()
export class CatalogService {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  /** Schemas and samples are JSON of the contract's own: a message for them would say less. */
  @GrpcMethod(SERVICE, 'ListContracts')
  contracts() {
    const contracts = [...this.#admin.contracts.values()].map((contract) => {
      const { id, title } = contract;
      return { id, title, document: JSON.stringify(contractView(contract)) };
    });
    return { contracts };
  }

  @GrpcMethod(SERVICE, 'ListTiers')
  tiers() {
    return { tiers: tierViews() };
  }
}
