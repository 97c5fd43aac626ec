import { assertNever } from '../assert-never.ts';
import type { Decider } from '../decider.ts';
import { Rejected } from '../rejected.ts';
import type { EndpointCommand } from './endpoint-commands.ts';
import type { EndpointFact } from './endpoint-facts.ts';
import type { EndpointSecret, EndpointState } from './endpoint-state.ts';

/** How many secrets sign at once at most: the newest and those in their grace period. */
const MAX_SECRETS = 3;
/** Nobody keeps more: what is older can be sent or discarded one by one. */
const MAX_KEPT_TERMS = 100;

function decide(command: EndpointCommand, state: EndpointState | undefined): readonly EndpointFact[] {
  if (command.type === 'create') {
    if (state !== undefined) throw new Rejected('already_exists', `endpoint ${state.id} exists`);
    const { type: _, at, endpointId, tenantId, ...rest } = command;
    return [{ type: 'endpoint.created', endpointId, tenantId, version: 1, at, ...rest }];
  }
  if (state === undefined) throw new Rejected('not_found', 'no such endpoint');
  const head = {
    endpointId: state.id,
    tenantId: state.tenantId,
    version: state.version + 1,
    at: command.at,
  };
  switch (command.type) {
    case 'update': {
      // Field by field: a setting that is there but undefined (a partial request body) means "as it was".
      const limits = command.settings.limits ?? state.limits;
      const settings = {
        url: command.settings.url ?? state.url,
        events: command.settings.events ?? state.events,
        description: command.settings.description ?? state.description,
        headers: command.settings.headers ?? state.headers,
        ...(limits === undefined ? {} : { limits }),
      };
      return [{ ...head, type: 'endpoint.updated', settings }];
    }
    case 'rotate-secret':
      return [{ ...head, type: 'endpoint.secret-rotated', secrets: rotated(state.secrets, command) }];
    case 'expire-secrets': {
      const newest = state.secrets.filter(({ until }) => until === null);
      if (newest.length === state.secrets.length) return [];
      return [{ ...head, type: 'endpoint.secret-expired', secrets: newest }];
    }
    case 'rewrap': {
      const { secrets, headers } = command;
      return [{ ...head, type: 'endpoint.secret-rewrapped', secrets, headers }];
    }
    case 'replace-secrets':
      return [{ ...head, type: 'endpoint.secret-rotated', secrets: command.secrets }];
    case 'enable':
      if (state.status === 'active') return [];
      return [
        {
          ...head,
          type: 'endpoint.enabled',
          term: state.term + 1,
          held: command.held,
          heldFrom: state.heldFrom,
        },
      ];
    case 'turn-off':
      if (state.status === 'off') return [];
      return [{ ...head, type: 'endpoint.turned-off', heldFrom: state.heldFrom ?? command.heldFrom }];
    case 'fail':
      if (state.status !== 'active' || state.term !== command.term) return [];
      return [
        {
          ...head,
          type: 'endpoint.failed',
          term: command.term,
          reason: command.reason,
          cause: command.cause,
        },
      ];
    case 'delete':
      return [{ ...head, type: 'endpoint.deleted' }];
    default:
      return assertNever(command);
  }
}

function rotated(
  secrets: readonly EndpointSecret[],
  command: Extract<EndpointCommand, { type: 'rotate-secret' }>,
): readonly EndpointSecret[] {
  const until = command.at + command.graceMs;
  const previous =
    command.graceMs === 0
      ? []
      : secrets
          .filter((secret) => secret.until === null || secret.until > command.at)
          .map((secret) => ({ ...secret, until: Math.min(secret.until ?? until, until) }));
  const newest =
    command.sealed === null ? [] : [{ sealed: command.sealed, until: null, ...command.publicKey }];
  return [...newest, ...previous].slice(0, MAX_SECRETS);
}

function evolve(state: EndpointState | undefined, fact: EndpointFact): EndpointState | undefined {
  if (fact.type === 'endpoint.created') return state ?? created(fact);
  if (state === undefined || fact.version !== state.version + 1) return state;
  const next = { ...state, version: fact.version, updatedAt: fact.at };
  switch (fact.type) {
    case 'endpoint.updated':
      return { ...next, ...fact.settings };
    case 'endpoint.secret-rotated':
    case 'endpoint.secret-expired':
      return { ...next, secrets: fact.secrets };
    case 'endpoint.secret-rewrapped':
      // Nothing that anybody set has changed, so neither has its time.
      return { ...next, updatedAt: state.updatedAt, secrets: fact.secrets, headers: fact.headers };
    case 'endpoint.enabled':
      if (state.status === 'active' || fact.term !== state.term + 1) return state;
      return {
        ...next,
        status: 'active',
        reason: null,
        heldFrom: null,
        keptTerms: keptAfter(state, fact),
        term: fact.term,
      };
    case 'endpoint.turned-off':
      if (state.status === 'off') return state;
      return { ...next, status: 'off', reason: null, heldFrom: fact.heldFrom };
    case 'endpoint.failed':
      if (state.status !== 'active' || state.term !== fact.term) return state;
      return { ...next, status: 'failed', reason: fact.reason, heldFrom: fact.cause };
    case 'endpoint.deleted':
      return undefined;
    default:
      return assertNever(fact);
  }
}

function keptAfter(
  { keptTerms, term }: EndpointState,
  { held, heldFrom }: Extract<EndpointFact, { type: 'endpoint.enabled' }>,
): readonly number[] {
  return held === 'keep' && heldFrom !== null ? [...keptTerms, term].slice(-MAX_KEPT_TERMS) : keptTerms;
}

/** Shared by all that have none: every process keeps every endpoint, and most have neither. */
const NO_HEADERS: EndpointState['headers'] = Object.freeze({});
const NO_TERMS: readonly number[] = Object.freeze([]);

/** Field by field: what a spread starts, V8 keeps in two objects, of which one is half empty. */
function created({ settings, ...fact }: Extract<EndpointFact, { type: 'endpoint.created' }>): EndpointState {
  const state = {
    id: fact.endpointId,
    tenantId: fact.tenantId,
    url: settings.url,
    events: settings.events,
    description: settings.description,
    headers: Object.keys(settings.headers).length === 0 ? NO_HEADERS : settings.headers,
    secrets: fact.secrets,
    status: fact.active ? ('active' as const) : ('off' as const),
    reason: null,
    heldFrom: null,
    keptTerms: NO_TERMS,
    term: 1,
    version: 1,
    createdAt: fact.at,
    updatedAt: fact.at,
  };
  return settings.limits === undefined ? state : { ...state, limits: settings.limits };
}

/** Concurrency: a fact carries the version it leads to, so of two racing commands the first one in the log wins. */
export const endpointDecider: Decider<EndpointCommand, EndpointState | undefined, EndpointFact> = {
  decide,
  evolve,
  initialState: undefined,
};
