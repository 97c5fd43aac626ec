import { Refused, type Principal } from '#http-edge';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { EdgeRequest } from './edge-request.ts';

/** The principal that the guard found. */
export const Caller = createParamDecorator((_: unknown, execution: ExecutionContext): Principal => {
  const { principal } = execution.switchToHttp().getRequest<EdgeRequest>();
  if (principal === undefined) throw new Refused('missing_key', 'an API key is required');
  return principal;
});
