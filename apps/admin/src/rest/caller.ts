import { Refused, type Principal } from '#http-edge';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { EdgeRequest } from './edge-request.ts';

/** What the request sent to say who it is: for streams, which outlive the moment in which it was good. */
export const Authorization = createParamDecorator(
  (_: unknown, execution: ExecutionContext): string | undefined =>
    execution.switchToHttp().getRequest<EdgeRequest>().headers.authorization,
);

/** The principal that the guard found. */
export const Caller = createParamDecorator((_: unknown, execution: ExecutionContext): Principal => {
  const { principal } = execution.switchToHttp().getRequest<EdgeRequest>();
  if (principal === undefined) throw new Refused('missing_key', 'an API key is required');
  return principal;
});
