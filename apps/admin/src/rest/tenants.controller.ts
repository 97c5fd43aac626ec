import type { Principal } from '#http-edge';
import { Body, Delete, Get, HttpCode, Inject, Param, Patch, Post, Put, Query } from '@nestjs/common';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { createTenant, type WrittenTenant } from '../use-cases/create-tenant.ts';
import type { IfMatch } from '../use-cases/if-match.ts';
import { getTenant, listTenants } from '../use-cases/read-tenants.ts';
import { revealTenantSecret } from '../use-cases/reveal-secret.ts';
import { deleteTenant, setTenantSecret, updateTenant } from '../use-cases/update-tenant.ts';
import { AdminController } from './admin-controller.ts';
import { ADMIN } from './admin-token.ts';
import { Caller } from './caller.ts';
import { limitOf, ListQuery } from './list.queries.ts';
import { Reply } from './reply.ts';
import { revealedView } from './revealed.view.ts';
import { CreateTenantRequest, TenantSecretRequest, UpdateTenantRequest } from './tenant.requests.ts';
import { tenantView } from './tenant.view.ts';
import { Versions } from './versions.ts';

/** The operator's. */
@AdminController('tenants')
export class TenantsController {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @Post()
  async create(@Caller() caller: Principal, @Body() body: CreateTenantRequest) {
    const { tenant, position } = await createTenant(this.#admin, caller, body);
    const location = `/api/v1/tenants/${encodeURIComponent(tenant.id)}`;
    return new Reply(tenantView(tenant), { status: 201, version: tenant.version, position, location });
  }

  @Get()
  list(@Caller() caller: Principal, @Query() query: ListQuery) {
    const page = listTenants(this.#admin, caller, { after: query.after, limit: limitOf(query) });
    return { data: page.items.map(tenantView), next: page.next };
  }

  @Get(':id')
  get(@Caller() caller: Principal, @Param('id') id: string) {
    const tenant = getTenant(this.#admin, caller, id);
    return new Reply(tenantView(tenant), { version: tenant.version });
  }

  @Patch(':id')
  async patch(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() body: UpdateTenantRequest,
    @Versions() ifMatch: IfMatch,
  ) {
    return changed(await updateTenant(this.#admin, caller, id, body, ifMatch));
  }

  @Put(':id')
  async put(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() body: UpdateTenantRequest,
    @Versions() ifMatch: IfMatch,
  ) {
    return changed(await updateTenant(this.#admin, caller, id, body, ifMatch));
  }

  @Put(':id/secret')
  async setSecret(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() body: TenantSecretRequest,
    @Versions() ifMatch: IfMatch,
  ) {
    return changed(await setTenantSecret(this.#admin, caller, id, body.secret, ifMatch));
  }

  @Post(':id/reveal-secret')
  @HttpCode(200)
  async reveal(@Caller() caller: Principal, @Param('id') id: string) {
    const revealed = await revealTenantSecret(this.#admin, caller, id);
    return new Reply(revealedView(id, revealed), { position: revealed.position });
  }

  @Delete(':id')
  @HttpCode(204)
  async delete(@Caller() caller: Principal, @Param('id') id: string, @Versions() ifMatch: IfMatch) {
    const { position } = await deleteTenant(this.#admin, caller, id, ifMatch);
    return new Reply(undefined, { position });
  }
}

function changed({ tenant, position }: WrittenTenant): Reply {
  return new Reply(tenantView(tenant), { version: tenant.version, position });
}
