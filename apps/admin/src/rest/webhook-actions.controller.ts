import type { Principal } from '#http-edge';
import { Body, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type { AdminContext } from '../use-cases/admin-context.ts';
import type { IfMatch } from '../use-cases/if-match.ts';
import { revealEndpointSecret } from '../use-cases/reveal-secret.ts';
import { expireOldSecrets, rotateSecret } from '../use-cases/rotate-secret.ts';
import { settleHeld } from '../use-cases/settle-held.ts';
import { disableEndpoint, enableEndpoint } from '../use-cases/switch-endpoint.ts';
import { testEndpoint } from '../use-cases/test-endpoint.ts';
import { AdminController } from './admin-controller.ts';
import { ADMIN } from './admin-token.ts';
import { Caller } from './caller.ts';
import { SettleHeldRequest } from './replay.requests.ts';
import { replayStarted } from './replay.view.ts';
import { Reply } from './reply.ts';
import { revealedView } from './revealed.view.ts';
import { testResultView } from './test-result.view.ts';
import { Versions } from './versions.ts';
import { EnableWebhookRequest, RotateSecretRequest, TestWebhookRequest } from './webhook.requests.ts';
import { webhookView } from './webhook.view.ts';

/** What one does with a webhook, beyond changing its fields. */
@AdminController('webhooks/:id')
export class WebhookActionsController {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @Post('rotate-secret')
  @HttpCode(200)
  async rotate(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() body: RotateSecretRequest,
    @Versions() ifMatch: IfMatch,
  ) {
    const { secret: given, signature, grace_period_seconds: gracePeriodSeconds } = body;
    const ask = { secret: given, signature, gracePeriodSeconds };
    const { endpoint, secret, position } = await rotateSecret(this.#admin, caller, id, ask, ifMatch);
    return new Reply(webhookView(endpoint, caller, secret), { version: endpoint.version, position });
  }

  @Post('expire-old-secrets')
  @HttpCode(200)
  async expire(@Caller() caller: Principal, @Param('id') id: string, @Versions() ifMatch: IfMatch) {
    const { endpoint, position } = await expireOldSecrets(this.#admin, caller, id, ifMatch);
    return new Reply(webhookView(endpoint, caller), { version: endpoint.version, position });
  }

  @Post('reveal-secret')
  @HttpCode(200)
  async reveal(@Caller() caller: Principal, @Param('id') id: string) {
    const revealed = await revealEndpointSecret(this.#admin, caller, id);
    return new Reply(revealedView(id, revealed), { position: revealed.position });
  }

  @Post('enable')
  @HttpCode(200)
  async enable(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() body: EnableWebhookRequest,
    @Versions() ifMatch: IfMatch,
  ) {
    const held = body.held ?? 'release';
    const { endpoint, position } = await enableEndpoint(this.#admin, caller, id, held, ifMatch);
    return new Reply(webhookView(endpoint, caller), { version: endpoint.version, position });
  }

  @Post('disable')
  @HttpCode(200)
  async disable(@Caller() caller: Principal, @Param('id') id: string, @Versions() ifMatch: IfMatch) {
    const { endpoint, position } = await disableEndpoint(this.#admin, caller, id, ifMatch);
    return new Reply(webhookView(endpoint, caller), { version: endpoint.version, position });
  }

  @Post('held/release')
  @HttpCode(202)
  async releaseHeld(@Caller() caller: Principal, @Param('id') id: string, @Body() body: SettleHeldRequest) {
    const ask = { action: 'release', ratePerSecond: body.rate } as const;
    return replayStarted(await settleHeld(this.#admin, caller, id, ask));
  }

  @Post('held/discard')
  @HttpCode(202)
  async discardHeld(@Caller() caller: Principal, @Param('id') id: string, @Body() body: SettleHeldRequest) {
    const ask = { action: 'discard', ratePerSecond: body.rate } as const;
    return replayStarted(await settleHeld(this.#admin, caller, id, ask));
  }

  @Post('test')
  async test(@Caller() caller: Principal, @Param('id') id: string, @Body() body: TestWebhookRequest) {
    const result = await testEndpoint(this.#admin, caller, id, body);
    const status = result.seen === undefined ? 202 : 200;
    return new Reply(testResultView(result), { status, position: result.position });
  }
}
