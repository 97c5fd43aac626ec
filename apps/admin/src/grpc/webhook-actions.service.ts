import type { Metadata } from '@grpc/grpc-js';
import { callerOf } from '#grpc-edge';
import { Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { ADMIN } from '../rest/admin-token.ts';
import { checkedDto } from '../rest/checked-dto.ts';
import { revealedView } from '../rest/revealed.view.ts';
import { testResultView } from '../rest/test-result.view.ts';
import { EnableWebhookRequest, RotateSecretRequest, TestWebhookRequest } from '../rest/webhook.requests.ts';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { revealEndpointSecret } from '../use-cases/reveal-secret.ts';
import { expireOldSecrets, rotateSecret } from '../use-cases/rotate-secret.ts';
import { disableEndpoint, enableEndpoint } from '../use-cases/switch-endpoint.ts';
import { testEndpoint } from '../use-cases/test-endpoint.ts';
import { Answer } from './answer.ts';
import { GrpcController } from './grpc-controller.ts';
import { onlyVersion, requiredId } from './required-id.ts';
import {
  changedWebhook,
  secretOf,
  shownWebhook,
  type OfOneWebhook,
  type RotateSecretMessage,
} from './webhook-messages.ts';

const SERVICE = 'WebhookService';

/** What one does with a webhook, beyond changing its fields. */
@GrpcController()
export class WebhookActionsService {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @GrpcMethod(SERVICE, 'RotateSecret')
  async rotate(request: RotateSecretMessage, metadata: Metadata) {
    const caller = callerOf(metadata);
    const { id, if_version: version, secret: _, unsigned: __, ...fields } = request;
    const body = await checkedDto(RotateSecretRequest, { ...fields, ...secretOf(request) });
    const { secret, signature, grace_period_seconds: gracePeriodSeconds } = body;
    const ask = { secret, signature, gracePeriodSeconds };
    const ifMatch = onlyVersion(version);
    return shownWebhook(await rotateSecret(this.#admin, caller, requiredId(id), ask, ifMatch), caller);
  }

  @GrpcMethod(SERVICE, 'ExpireOldSecrets')
  async expire({ id, if_version: version }: OfOneWebhook, metadata: Metadata) {
    const caller = callerOf(metadata);
    const ifMatch = onlyVersion(version);
    return changedWebhook(await expireOldSecrets(this.#admin, caller, requiredId(id), ifMatch), caller);
  }

  @GrpcMethod(SERVICE, 'RevealSecret')
  async reveal({ id: given }: OfOneWebhook, metadata: Metadata) {
    const id = requiredId(given);
    const revealed = await revealEndpointSecret(this.#admin, callerOf(metadata), id);
    return new Answer(revealedView(id, revealed), revealed.position);
  }

  @GrpcMethod(SERVICE, 'EnableWebhook')
  async enable({ id, if_version: version, ...fields }: OfOneWebhook, metadata: Metadata) {
    const caller = callerOf(metadata);
    const { held = 'release' } = await checkedDto(EnableWebhookRequest, fields);
    const ifMatch = onlyVersion(version);
    return changedWebhook(await enableEndpoint(this.#admin, caller, requiredId(id), held, ifMatch), caller);
  }

  @GrpcMethod(SERVICE, 'DisableWebhook')
  async disable({ id, if_version: version }: OfOneWebhook, metadata: Metadata) {
    const caller = callerOf(metadata);
    const ifMatch = onlyVersion(version);
    return changedWebhook(await disableEndpoint(this.#admin, caller, requiredId(id), ifMatch), caller);
  }

  @GrpcMethod(SERVICE, 'TestWebhook')
  async test({ id, ...fields }: OfOneWebhook, metadata: Metadata) {
    const body = await checkedDto(TestWebhookRequest, fields);
    const result = await testEndpoint(this.#admin, callerOf(metadata), requiredId(id), body);
    return new Answer(testResultView(result), result.position);
  }
}
