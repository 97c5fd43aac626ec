import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { errors } from 'undici';
import { errorClasses } from '#domain';
import { BlockedAddress } from './blocked-address.ts';
import { classifyError } from './classify-error.ts';
import { DeadlinePassed, MalformedResponse } from './exchange-errors.ts';
import { UnresolvedHost } from './unresolved-host.ts';

const coded = (code: string, message = 'x') => Object.assign(new Error(message), { code });

describe('an error of an attempt', () => {
  it.each([
    [new DeadlinePassed(), 'timeout'],
    [coded('ETIMEDOUT'), 'timeout'],
    [new errors.ConnectTimeoutError(), 'timeout'],
    [new UnresolvedHost(coded('ENOTFOUND')), 'dns'],
    [new UnresolvedHost(coded('ECONNREFUSED', 'queryA ECONNREFUSED host.example')), 'dns'],
    [coded('ECONNREFUSED'), 'connect'],
    [new AggregateError([coded('EHOSTUNREACH'), coded('ECONNREFUSED')]), 'connect'],
    [coded('CERT_HAS_EXPIRED'), 'tls'],
    [coded('UNSPECIFIED', 'CA signature digest algorithm too weak'), 'tls'],
    [coded('ERR_TLS_CERT_ALTNAME_INVALID'), 'tls'],
    [coded('ERR_SSL_WRONG_VERSION_NUMBER'), 'tls'],
    [
      coded('ECONNRESET', 'Client network socket disconnected before secure TLS connection was established'),
      'tls',
    ],
    [coded('ECONNRESET'), 'reset'],
    [new errors.SocketError('other side closed'), 'reset'],
    [new errors.SocketError('bad response'), 'protocol'],
    [new errors.HeadersOverflowError(), 'protocol'],
    [coded('HPE_INVALID_CONSTANT'), 'protocol'],
    [new MalformedResponse(), 'protocol'],
    [new BlockedAddress(), 'blocked_address'],
    [new errors.InvalidArgumentError('invalid header'), 'invalid_request'],
    [new TypeError('wrapped', { cause: coded('CERT_HAS_EXPIRED') }), 'tls'],
  ] as const)('%s is %s', (error, errorClass) => {
    expect(classifyError(error)).toBe(errorClass);
  });

  it('gets one of the classes, whatever it is', () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.string().map((code) => coded(code)),
    );
    fc.assert(
      fc.property(anything, (error) => {
        expect(errorClasses).toContain(classifyError(error));
      }),
    );
  });

  it('that is its own cause does not go round for ever', () => {
    const first = new Error('a');
    first.cause = new Error('b', { cause: first });
    expect(classifyError(first)).toBe('connect');
  });
});
