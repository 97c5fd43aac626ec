import { describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { problemCodes, type ProblemCode } from '#http-edge';
import { grpcStatusOf } from './grpc-status.ts';

const codes = Object.keys(problemCodes) as ProblemCode[];
const named = (code: ProblemCode): string => status[grpcStatusOf(code)];

describe('the gRPC status of a problem', () => {
  it('is there for every code of the closed list', () => {
    for (const code of codes) {
      const isInternal = problemCodes[code][0] === 500;
      expect({ code, isInternal: named(code) === 'INTERNAL' }).toEqual({ code, isInternal });
    }
  });

  it('says that the same request may go through later exactly where REST does', () => {
    for (const code of codes) {
      const later = problemCodes[code][0] === 503 || problemCodes[code][0] === 429;
      expect({ code, later: ['UNAVAILABLE', 'RESOURCE_EXHAUSTED'].includes(named(code)) }).toEqual({
        code,
        later,
      });
    }
  });

  it('tells apart what gRPC tells apart', () => {
    expect(named('missing_key')).toBe('UNAUTHENTICATED');
    expect(named('missing_scope')).toBe('PERMISSION_DENIED');
    expect(named('not_found')).toBe('NOT_FOUND');
    expect(named('already_exists')).toBe('ALREADY_EXISTS');
    expect(named('conflict')).toBe('ABORTED');
    expect(named('precondition_failed')).toBe('ABORTED');
    expect(named('payload_too_large')).toBe('INVALID_ARGUMENT');
    expect(named('validation_failed')).toBe('INVALID_ARGUMENT');
  });
});
