import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from '../../../../docs/openapi.d.ts';
import { apiStrings } from '../strings/api.ts';
import { ApiProblem, Unreachable } from './api-problem.ts';
import type { Problem } from './schema.ts';

export interface ApiAccess {
  /** An API key or a portal token; sent as a header, never in the address. */
  readonly credential: string;
  /** For root keys: the tenant that they act for. */
  readonly tenant?: string | undefined;
  /** The credential opens nothing any more. */
  readonly onRefused: (problem: Problem) => void;
}

/** The REST API, typed by its own document. */
export type Api = ReturnType<typeof apiClient>;

export function apiClient({ credential, tenant, onRefused }: ApiAccess) {
  const client = createClient<paths>({ baseUrl: window.location.origin, fetch: fetchOrSay });
  const access: Middleware = {
    onRequest({ request }) {
      request.headers.set('authorization', `Bearer ${credential}`);
      if (tenant === undefined) return request;
      const url = new URL(request.url);
      url.searchParams.set('tenant', tenant);
      return new Request(url, request);
    },
    async onResponse({ response }) {
      if (response.ok) return;
      const problem = await problemOf(response);
      if (response.status === 401) onRefused(problem);
      throw new ApiProblem(problem, retryAfterOf(response));
    },
  };
  client.use(access);
  return client;
}

/** The body of a success. Refusals were thrown before, as {@link ApiProblem}. */
export async function dataOf<T>(answer: Promise<{ data?: T; response: Response }>): Promise<T> {
  const { data, response } = await answer;
  if (data === undefined) throw new Error(apiStrings.noBody(response.url));
  return data;
}

async function fetchOrSay(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new Unreachable(apiStrings.unreachable, { cause: error });
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const type = response.headers.get('content-type') ?? '';
  if (type.includes('problem+json')) return (await response.json()) as Problem;
  const { status } = response;
  return {
    type: 'about:blank',
    title: apiStrings.notFromEngine(status),
    detail: apiStrings.notFromEngine(status),
    status,
    code: 'internal',
    instance: new URL(response.url).pathname,
  };
}

function retryAfterOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : undefined;
}
