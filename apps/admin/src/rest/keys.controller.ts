import type { Principal } from '#http-edge';
import { Body, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { createKey, getKey, listKeys, revokeKey } from '../use-cases/api-keys.ts';
import { AdminController } from './admin-controller.ts';
import { ADMIN } from './admin-token.ts';
import { Caller } from './caller.ts';
import { CreateKeyRequest } from './key.requests.ts';
import { keyView, listedKeyView } from './key.view.ts';
import { limitOf, ListQuery } from './list.queries.ts';
import { Reply } from './reply.ts';

/** The operator's. A key is shown in clear once, in the answer that made it. */
@AdminController('keys')
export class KeysController {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @Post()
  async create(@Caller() caller: Principal, @Body() body: CreateKeyRequest) {
    const { name, tenant, scopes, expires_at: expires } = body;
    const expiresAt = expires === undefined ? undefined : Date.parse(expires);
    const made = await createKey(this.#admin, caller, { name, tenant, scopes, expiresAt });
    const { id, ...rest } = keyView(made.key);
    return new Reply({ id, key: made.text, ...rest }, { status: 201, position: made.position });
  }

  @Get()
  async list(@Caller() caller: Principal, @Query() query: ListQuery) {
    const page = await listKeys(this.#admin, caller, { after: query.after, limit: limitOf(query) });
    return { data: page.items.map(listedKeyView), next: page.next };
  }

  @Get(':id')
  async get(@Caller() caller: Principal, @Param('id') id: string) {
    return listedKeyView(await getKey(this.#admin, caller, id));
  }

  @Delete(':id')
  @HttpCode(204)
  async revoke(@Caller() caller: Principal, @Param('id') id: string) {
    const { position } = await revokeKey(this.#admin, caller, id);
    return new Reply(undefined, { position });
  }
}
