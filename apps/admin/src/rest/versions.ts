import { Refused } from '#http-edge';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { IfMatch } from '../use-cases/if-match.ts';
import type { EdgeRequest } from './edge-request.ts';

/** The OpenAPI document knows by it which calls take If-Match. */
export const readVersions = (_: unknown, execution: ExecutionContext): IfMatch =>
  parseIfMatch(execution.switchToHttp().getRequest<EdgeRequest>().headers['if-match']);

/** The If-Match header as versions; absent or `*`: any. */
export const Versions = createParamDecorator(readVersions);

/** RFC 9110 §13.1.1: compared strongly, so a weak tag, like any tag that was never ours, matches nothing. */
export function parseIfMatch(header: string | undefined): IfMatch {
  if (header === undefined || header.trim() === '*') return undefined;
  const tags = header.split(',').map((tag) => tag.trim());
  if (!tags.every((tag) => /^(W\/)?"[\x21\x23-\x7e]*"$/.test(tag))) {
    const detail = '"If-Match" must be an ETag as an answer of this API gave it, quotes included, like "3"';
    throw new Refused('invalid_header', detail);
  }
  return tags.flatMap((tag) => {
    const [, version] = /^"(\d{1,15})"$/.exec(tag) ?? [];
    return version === undefined ? [] : [Number(version)];
  });
}
