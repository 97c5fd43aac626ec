import type { Metadata } from '@grpc/grpc-js';
import { callerOf } from '#grpc-edge';
import { Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { ADMIN } from '../rest/admin-token.ts';
import { checkedDto } from '../rest/checked-dto.ts';
import { CreateKeyRequest } from '../rest/key.requests.ts';
import { keyView, listedKeyView } from '../rest/key.view.ts';
import { meView } from '../rest/me.view.ts';
import { tenantById } from '../use-cases/acting-for.ts';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { createKey, getKey, listKeys, revokeKey, type ListedKey } from '../use-cases/api-keys.ts';
import { Answer } from './answer.ts';
import { GrpcController } from './grpc-controller.ts';
import { pageAsk, type PageMessage } from './page-message.ts';
import { requiredId } from './required-id.ts';
import { tenantMessage } from './tenant-message.ts';

const SERVICE = 'KeyService';

/** The operator's. A key is shown in clear once, in the answer that made it. */
@GrpcController()
export class KeyService {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @GrpcMethod(SERVICE, 'CreateKey')
  async create(request: object, metadata: Metadata) {
    const { name, tenant, scopes, expires_at: expires } = await checkedDto(CreateKeyRequest, request);
    const expiresAt = expires === undefined ? undefined : Date.parse(expires);
    const ask = { name, tenant, scopes, expiresAt };
    const { key, text, position } = await createKey(this.#admin, callerOf(metadata), ask);
    return new Answer({ key: keyView(key), text }, position);
  }

  @GrpcMethod(SERVICE, 'GetKey')
  async get({ id }: { readonly id?: string }, metadata: Metadata) {
    return { key: keyMessage(await getKey(this.#admin, callerOf(metadata), requiredId(id))) };
  }

  @GrpcMethod(SERVICE, 'ListKeys')
  async list(request: PageMessage, metadata: Metadata) {
    const page = await listKeys(this.#admin, callerOf(metadata), await pageAsk(request));
    return { keys: page.items.map(keyMessage), next: page.next };
  }

  @GrpcMethod(SERVICE, 'RevokeKey')
  async revoke({ id }: { readonly id?: string }, metadata: Metadata) {
    const { position } = await revokeKey(this.#admin, callerOf(metadata), requiredId(id));
    return new Answer({}, position);
  }

  /** Any key's: a token says nothing to those who hold it. */
  @GrpcMethod(SERVICE, 'WhoAmI')
  me(_request: object, metadata: Metadata) {
    const caller = callerOf(metadata);
    const tenant = caller.tenantId === null ? null : tenantById(this.#admin, caller.tenantId);
    return { ...meView(caller, tenant), tenant: tenant && tenantMessage(tenant) };
  }
}

/** Absent is "never" here, so that nobody knows has to be said. */
function keyMessage(listed: ListedKey) {
  return { ...listedKeyView(listed), last_use_unknown: listed.lastUsedAt === undefined };
}
