import type { Metadata } from '@grpc/grpc-js';
import { callerOf } from '#grpc-edge';
import { Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { ADMIN } from '../rest/admin-token.ts';
import { checkedDto } from '../rest/checked-dto.ts';
import { erasingView } from '../rest/erasing.view.ts';
import { portalTokenView } from '../rest/portal-token.view.ts';
import { PortalTokenRequest } from '../rest/portal-token.request.ts';
import { CreateTenantRequest, TenantSecretRequest, UpdateTenantRequest } from '../rest/tenant.requests.ts';
import { revealedView } from '../rest/revealed.view.ts';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { createTenant, type WrittenTenant } from '../use-cases/create-tenant.ts';
import { eraseData } from '../use-cases/erase-data.ts';
import { issuePortalToken } from '../use-cases/issue-portal-token.ts';
import { getTenant, listTenants } from '../use-cases/read-tenants.ts';
import { revealTenantSecret } from '../use-cases/reveal-secret.ts';
import { deleteTenant, setTenantSecret, updateTenant } from '../use-cases/update-tenant.ts';
import { Answer } from './answer.ts';
import { eraseAsk, type EraseMessage } from './erase-message.ts';
import { GrpcController } from './grpc-controller.ts';
import { tenantLimitsOf, type LimitsMessage } from './limits-message.ts';
import { pageAsk, type PageMessage } from './page-message.ts';
import { onlyVersion, requiredId } from './required-id.ts';
import { tenantMessage } from './tenant-message.ts';

const SERVICE = 'TenantService';

/** Of one tenant, and beside it what REST has in the body. */
interface OfOne {
  readonly id?: string;
  readonly if_version?: number;
}

/** The operator's. */
@GrpcController()
export class TenantService {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @GrpcMethod(SERVICE, 'CreateTenant')
  async create(request: object, metadata: Metadata) {
    const body = await checkedDto(CreateTenantRequest, request);
    return changed(await createTenant(this.#admin, callerOf(metadata), body));
  }

  @GrpcMethod(SERVICE, 'GetTenant')
  get({ id }: OfOne, metadata: Metadata) {
    return { tenant: tenantMessage(getTenant(this.#admin, callerOf(metadata), requiredId(id))) };
  }

  @GrpcMethod(SERVICE, 'ListTenants')
  async list(request: PageMessage, metadata: Metadata) {
    const page = listTenants(this.#admin, callerOf(metadata), await pageAsk(request));
    return { tenants: page.items.map(tenantMessage), next: page.next };
  }

  @GrpcMethod(SERVICE, 'UpdateTenant')
  async update({ id, if_version: version, ...fields }: OfOne & LimitsMessage, metadata: Metadata) {
    const { no_limits: _, ...rest } = fields;
    const body = await checkedDto(UpdateTenantRequest, { ...rest, ...tenantLimitsOf(fields) });
    const caller = callerOf(metadata);
    return changed(await updateTenant(this.#admin, caller, requiredId(id), body, onlyVersion(version)));
  }

  @GrpcMethod(SERVICE, 'SetTenantSecret')
  async setSecret({ id, if_version: version, ...fields }: OfOne, metadata: Metadata) {
    const { secret } = await checkedDto(TenantSecretRequest, fields);
    const caller = callerOf(metadata);
    return changed(await setTenantSecret(this.#admin, caller, requiredId(id), secret, onlyVersion(version)));
  }

  @GrpcMethod(SERVICE, 'RevealTenantSecret')
  async reveal({ id: given }: OfOne, metadata: Metadata) {
    const id = requiredId(given);
    const revealed = await revealTenantSecret(this.#admin, callerOf(metadata), id);
    return new Answer(revealedView(id, revealed), revealed.position);
  }

  /** Nothing is written, so there is no position to be told. */
  @GrpcMethod(SERVICE, 'IssuePortalToken')
  async issue({ id, ...fields }: OfOne, metadata: Metadata) {
    const body = await checkedDto(PortalTokenRequest, fields);
    const ask = { expiresInSeconds: body.expires_in_seconds, revealSecrets: body.reveal_secrets };
    return portalTokenView(issuePortalToken(this.#admin, callerOf(metadata), requiredId(id), ask));
  }

  @GrpcMethod(SERVICE, 'EraseData')
  async erase({ id: given, ...message }: OfOne & EraseMessage, metadata: Metadata) {
    const id = requiredId(given);
    const erasing = await eraseData(this.#admin, callerOf(metadata), id, await eraseAsk(message));
    return new Answer(erasingView(id, erasing), erasing.position);
  }

  @GrpcMethod(SERVICE, 'DeleteTenant')
  async delete({ id, if_version: version }: OfOne, metadata: Metadata) {
    const caller = callerOf(metadata);
    const { position } = await deleteTenant(this.#admin, caller, requiredId(id), onlyVersion(version));
    return new Answer({}, position);
  }
}

function changed({ tenant, position }: WrittenTenant): Answer {
  return new Answer({ tenant: tenantMessage(tenant) }, position);
}
