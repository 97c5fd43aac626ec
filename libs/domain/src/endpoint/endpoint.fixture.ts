import type { EndpointFact } from './endpoint-facts.ts';
import type { EndpointSettings, OutcomePosition } from './endpoint-state.ts';

export type FactOf<Type extends EndpointFact['type']> = Extract<EndpointFact, { type: Type }>;

export const T0 = 1_736_937_000_000;

export const settings: EndpointSettings = {
  url: 'https://hooks.acme.test/in',
  events: ['host.offline'],
  description: 'pager',
  headers: { 'x-team': 'ops' },
};

export const at = (offset: number, partition = 3): OutcomePosition => ({ partition, offset });

const head = (version: number) => ({
  endpointId: 'wh_1',
  tenantId: 'acme',
  version,
  at: T0 + version,
});

export const created: FactOf<'endpoint.created'> = {
  type: 'endpoint.created',
  ...head(1),
  settings,
  secrets: [{ sealed: 'k1.first', until: null }],
  active: true,
};
export const createdOff: FactOf<'endpoint.created'> = { ...created, active: false };

export const failed = (version: number, term: number, cause = at(40)): FactOf<'endpoint.failed'> => ({
  type: 'endpoint.failed',
  ...head(version),
  term,
  reason: 'attempts_exhausted',
  cause,
});

export const turnedOff = (
  version: number,
  heldFrom: OutcomePosition | null,
): FactOf<'endpoint.turned-off'> => ({
  type: 'endpoint.turned-off',
  ...head(version),
  heldFrom,
});

export const enabled = (
  version: number,
  term: number,
  heldFrom: OutcomePosition | null,
): FactOf<'endpoint.enabled'> => ({
  type: 'endpoint.enabled',
  ...head(version),
  term,
  held: 'release',
  heldFrom,
});

export const deleted = (version: number): FactOf<'endpoint.deleted'> => ({
  type: 'endpoint.deleted',
  ...head(version),
});

export const updated = (version: number, changes: Partial<EndpointSettings>): FactOf<'endpoint.updated'> => ({
  type: 'endpoint.updated',
  ...head(version),
  settings: { ...settings, ...changes },
});

export const rotated = (
  version: number,
  secrets: FactOf<'endpoint.secret-rotated'>['secrets'],
): FactOf<'endpoint.secret-rotated'> => ({ type: 'endpoint.secret-rotated', ...head(version), secrets });
