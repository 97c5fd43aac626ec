import { describe, expect, it } from '@jest/globals';
import { PublishRejected, scanJson } from '#contracts';
import { Rejected, rejectionCodes } from '#domain';
import { LogError } from '#log';
import { problemCodes } from './problem-code.ts';
import { problemOf } from './problem-of.ts';
import { Refused, retryAfter } from './refused.ts';

const caught = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};

describe('problemOf', () => {
  it('gives a refused request its code, type URI, status, errors and headers', () => {
    const errors = [{ pointer: '/url', code: 'invalid_url', detail: 'must be https' }];
    const refused = new Refused('validation_failed', 'the URL is wrong', {
      errors,
      headers: retryAfter(0.2),
    });
    expect(problemOf(refused, '/api/v1/webhooks')).toEqual({
      problem: {
        type: 'https://hyperhook.dev/problems/validation_failed',
        title: 'The request is not valid',
        status: 422,
        code: 'validation_failed',
        detail: 'the URL is wrong',
        instance: '/api/v1/webhooks',
        errors,
      },
      headers: { 'retry-after': '1' },
      unexpected: false,
    });
  });

  it.each([
    ['already_exists', 409],
    ['conflict', 409],
    ['not_found', 404],
    ['invalid', 422],
  ] as const)('answers a rejected command of code %s with %i', (code, status) => {
    expect(rejectionCodes).toContain(code);
    expect(problemOf(new Rejected(code, 'because')).problem).toMatchObject({ status, detail: 'because' });
  });

  it('says where JSON is broken', () => {
    const error = caught(() => scanJson(Buffer.from('{"a":[1,}')));
    const { problem } = problemOf(error);
    expect(problem).toMatchObject({ status: 400, code: 'invalid_json', errors: [{ pointer: '/a/1' }] });
    expect(problem.detail).toContain('byte 8');
  });

  it('answers data that does not fit with 422, and data that is too large with 413', () => {
    const fault = { pointer: '/data/x', detail: 'is required; add it' };
    const invalid = problemOf(new PublishRejected([{ ...fault, code: 'invalid_data' }]));
    expect(invalid.problem).toMatchObject({ status: 422, errors: [{ ...fault, code: 'invalid_data' }] });
    const large = problemOf(new PublishRejected([{ ...fault, code: 'payload_too_large' }]));
    expect(large.problem.status).toBe(413);
  });

  it('answers a log that does not take records with 503 and when to come back', () => {
    const { problem, headers } = problemOf(new LogError('log_unavailable', 'broker 10.0.0.7 is gone'));
    expect(problem.status).toBe(503);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(JSON.stringify(problem)).not.toContain('10.0.0.7');
  });

  it('tells nothing about an error that nobody foresaw', () => {
    const answer = problemOf(new Error('connect ECONNREFUSED postgres://admin:hunter2@db'));
    expect(answer).toMatchObject({ unexpected: true, problem: { status: 500, code: 'internal' } });
    expect(JSON.stringify(answer)).not.toContain('hunter2');
    expect(problemOf(undefined).problem.status).toBe(500);
  });

  it('knows the errors of the frameworks by their form, and keeps theirs of 500 and above to itself', () => {
    const nest = Object.assign(new Error('Cannot GET /nowhere'), { getStatus: () => 404 });
    expect(problemOf(nest).problem).toMatchObject({ status: 404, code: 'not_found' });
    const fastify = Object.assign(new Error('Unsupported Media Type'), { statusCode: 415 });
    expect(problemOf(fastify).problem.code).toBe('unsupported_media_type');
    const teapot = Object.assign(new Error('I am'), { statusCode: 418 });
    expect(problemOf(teapot).problem.code).toBe('bad_request');
    const broken = Object.assign(new Error('secret'), { statusCode: 502 });
    expect(problemOf(broken)).toMatchObject({ unexpected: true, problem: { code: 'internal' } });
  });

  it('answers a hostile body with few words', () => {
    const errors = Array.from({ length: 100_000 }, (_, n) => ({
      pointer: `/${'n'.repeat(n)}`,
      code: 'unknown_field',
      detail: 'no such field',
    }));
    const { problem } = problemOf(new Refused('validation_failed', 'no '.repeat(100_000), { errors }));
    expect(problem.errors).toHaveLength(20);
    expect(JSON.stringify(problem).length).toBeLessThan(5_000);
    const long = problemOf(new Refused('not_found', 'x', { errors: [{ ...errors[99_999]!, detail: 'd' }] }));
    expect(long.problem.errors?.[0]?.pointer).toHaveLength(500);
  });

  it('has no code for success', () => {
    for (const [status] of Object.values(problemCodes)) expect(status).toBeGreaterThanOrEqual(400);
  });
});
