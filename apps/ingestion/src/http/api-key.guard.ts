import type { IncomingHttpHeaders } from 'node:http';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Principal } from '#http-edge';
import type { Ingestion } from '../create-ingestion.ts';
import { INGESTION } from '../ingestion.tokens.ts';

export interface PublishRequest {
  readonly headers: IncomingHttpHeaders;
  principal?: Principal;
}

/** Runs before a byte of the body is read. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  readonly #ingestion: Ingestion;

  constructor(@Inject(INGESTION) ingestion: Ingestion) {
    this.#ingestion = ingestion;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<PublishRequest>();
    request.principal = await this.#ingestion.admit(request.headers);
    return true;
  }
}
