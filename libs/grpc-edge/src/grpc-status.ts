import { status } from '@grpc/grpc-js';
import { httpStatusOf, type ProblemCode } from '#http-edge';

/**
 * The one place where a problem becomes a gRPC status code. By the HTTP status, so that a code that is added is
 * answered sensibly at once; by the code itself where one HTTP status means things that gRPC tells apart. UNAVAILABLE and
 * RESOURCE_EXHAUSTED mean: the same request may go through later. No other one does.
 */
export function grpcStatusOf(code: ProblemCode): status {
  return byCode.get(code) ?? byHttpStatus.get(httpStatusOf(code)) ?? status.INTERNAL;
}

const byCode: ReadonlyMap<ProblemCode, status> = new Map([['already_exists', status.ALREADY_EXISTS]]);

const byHttpStatus: ReadonlyMap<number, status> = new Map([
  [400, status.INVALID_ARGUMENT],
  [401, status.UNAUTHENTICATED],
  [403, status.PERMISSION_DENIED],
  [404, status.NOT_FOUND],
  [405, status.UNIMPLEMENTED],
  [406, status.INVALID_ARGUMENT],
  [408, status.DEADLINE_EXCEEDED],
  // Load it again, decide again, send another request.
  [409, status.ABORTED],
  [412, status.ABORTED],
  // Not RESOURCE_EXHAUSTED: the same bytes will never fit.
  [413, status.INVALID_ARGUMENT],
  [415, status.INVALID_ARGUMENT],
  [422, status.INVALID_ARGUMENT],
  [429, status.RESOURCE_EXHAUSTED],
  [431, status.INVALID_ARGUMENT],
  [500, status.INTERNAL],
  [501, status.UNIMPLEMENTED],
  [503, status.UNAVAILABLE],
]);
