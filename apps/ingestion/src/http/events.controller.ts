import type { IncomingMessage } from 'node:http';
import { Controller, Inject, Post, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { Refused, STREAMED_BODY } from '#http-edge';
import type { Ingestion } from '../create-ingestion.ts';
import { INGESTION } from '../ingestion.tokens.ts';
import { ApiKeyGuard, type PublishRequest } from './api-key.guard.ts';
import { ProblemFilter } from './problem.filter.ts';

interface Reply {
  code(status: number): this;
  headers(headers: Readonly<Record<string, string>>): this;
}

/** No DTO: the body is read as a stream after the key was checked, and scanned instead of parsed (see Publisher). */
@Controller('api/v1/events')
@UseFilters(ProblemFilter)
@UseGuards(ApiKeyGuard)
export class EventsController {
  readonly #ingestion: Ingestion;

  constructor(@Inject(INGESTION) ingestion: Ingestion) {
    this.#ingestion = ingestion;
  }

  @Post()
  @RouteConfig(STREAMED_BODY)
  async publish(
    @Req() request: PublishRequest & { readonly raw: IncomingMessage },
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<unknown> {
    const { principal, headers, raw } = request;
    if (principal === undefined) throw new Refused('missing_key', 'no key was checked for this request');
    const answer = await this.#ingestion.publish(principal, headers, raw);
    reply.code(answer.status).headers(answer.headers);
    return answer.body;
  }
}
