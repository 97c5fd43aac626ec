import type { Principal } from '#http-edge';
import { Body, Inject, Param, Post } from '@nestjs/common';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { issuePortalToken } from '../use-cases/issue-portal-token.ts';
import { AdminController } from './admin-controller.ts';
import { ADMIN } from './admin-token.ts';
import { Caller } from './caller.ts';
import { PortalTokenRequest } from './portal-token.request.ts';
import { portalTokenView } from './portal-token.view.ts';
import { Reply } from './reply.ts';

/** For a provider's own site: a token that its customer's browser may hold. */
@AdminController('tenants/:id/portal-tokens')
export class PortalTokensController {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @Post()
  issue(@Caller() caller: Principal, @Param('id') id: string, @Body() body: PortalTokenRequest) {
    const ask = { expiresInSeconds: body.expires_in_seconds, revealSecrets: body.reveal_secrets };
    return new Reply(portalTokenView(issuePortalToken(this.#admin, caller, id, ask)), { status: 201 });
  }
}
