import { CommanderError } from 'commander';
import { ConfigError } from '#platform';
import { NoAnswer } from './rest/no-answer.ts';
import { ProblemAnswer } from './rest/problem-answer.ts';
import { UsageError } from './usage-error.ts';

/** What the process ends with. Part of the command line's interface: numbers never change their meaning. */
export const exitCodes = {
  ok: [0, 'done'],
  failed: [1, 'the engine refused it, a check failed, or something went wrong'],
  usage: [2, 'the command line, an environment variable or a file is wrong; nothing was done'],
  unauthorised: [3, 'the API key is missing, unknown, expired, or may not do this (401, 403)'],
  not_found: [4, 'there is no such thing (404)'],
  conflict: [5, 'it exists already, or is at another version (409, 412)'],
  unavailable: [6, 'no answer, or not now: try again (429, 503, no connection)'],
} as const satisfies Readonly<Record<string, readonly [code: number, meaning: string]>>;

export type ExitName = keyof typeof exitCodes;

/** The one place where errors become exit codes. */
export function exitNameOf(error: unknown): ExitName {
  if (error instanceof UsageError || error instanceof ConfigError) return 'usage';
  if (error instanceof CommanderError) return error.exitCode === 0 ? 'ok' : 'usage';
  if (error instanceof NoAnswer) return 'unavailable';
  return error instanceof ProblemAnswer ? byStatus(error.status) : 'failed';
}

export function byStatus(status: number): ExitName {
  switch (status) {
    case 401:
    case 403:
      return 'unauthorised';
    case 404:
      return 'not_found';
    case 409:
    case 412:
      return 'conflict';
    case 429:
    case 502:
    case 503:
    case 504:
      return 'unavailable';
    default:
      return 'failed';
  }
}
