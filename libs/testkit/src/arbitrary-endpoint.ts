import fc from 'fast-check';
import {
  heldChoices,
  type EndpointCommand,
  type EndpointFact,
  type EndpointSettings,
  type OutcomePosition,
} from '#domain';

// Few ids, small numbers: so that facts meet, and versions and terms fit each other often enough to matter.
const small = fc.integer({ min: 0, max: 12 });
const time = fc.integer({ min: 0, max: 2_000_000_000_000 });
const reason = fc.constantFrom('attempts_exhausted', 'gone');
const position: fc.Arbitrary<OutcomePosition> = fc.record({ partition: small, offset: fc.nat() });
const secrets = fc.array(fc.record({ sealed: fc.string({ maxLength: 8 }), until: fc.option(time) }), {
  maxLength: 3,
});
const headers = fc.constantFrom({}, { 'x-team': 'ops' }, { 'x-team': { sealed: 'k1.sealed' } });
const settings: fc.Arbitrary<EndpointSettings> = fc.record({
  url: fc.webUrl(),
  events: fc.array(fc.constantFrom('a.b', 'c.d'), { maxLength: 2 }),
  description: fc.string({ maxLength: 5 }),
  headers,
});

type Body<T> = T extends unknown ? Omit<T, 'endpointId' | 'tenantId' | 'version' | 'at'> : never;

const body: fc.Arbitrary<Body<EndpointFact>> = fc.oneof(
  fc.record({ type: fc.constant('endpoint.created' as const), settings, secrets, active: fc.boolean() }),
  fc.record({ type: fc.constant('endpoint.updated' as const), settings }),
  fc.record({ type: fc.constant('endpoint.secret-rotated' as const), secrets }),
  fc.record({ type: fc.constant('endpoint.secret-expired' as const), secrets }),
  fc.record({ type: fc.constant('endpoint.secret-rewrapped' as const), secrets, headers }),
  fc.record({
    type: fc.constant('endpoint.enabled' as const),
    term: small,
    held: fc.constantFrom(...heldChoices),
    heldFrom: fc.option(position),
  }),
  fc.record({ type: fc.constant('endpoint.turned-off' as const), heldFrom: position }),
  fc.record({ type: fc.constant('endpoint.failed' as const), term: small, reason, cause: position }),
  fc.record({ type: fc.constant('endpoint.deleted' as const) }),
);

/** Any fact at all, of one of the named endpoints and tenants: nobody promises that it fits. */
export const arbitraryEndpointFactOf = (
  endpointIds: readonly string[],
  tenantIds: readonly string[],
): fc.Arbitrary<EndpointFact> =>
  fc
    .tuple(body, fc.constantFrom(...endpointIds), fc.constantFrom(...tenantIds), small, time)
    .map(([rest, endpointId, tenantId, version, at]) => ({ ...rest, endpointId, tenantId, version, at }));

/** Of the one endpoint `wh_1` of the tenant `acme`. */
export const arbitraryEndpointFact = arbitraryEndpointFactOf(['wh_1'], ['acme']);

/** For the same endpoint; `create` names it, all others are sent to it. */
export const arbitraryEndpointCommand: fc.Arbitrary<EndpointCommand> = fc.oneof(
  fc.record({
    type: fc.constant('create' as const),
    endpointId: fc.constant('wh_1'),
    tenantId: fc.constant('acme'),
    settings,
    secrets,
    active: fc.boolean(),
    at: time,
  }),
  fc.record({
    type: fc.constant('update' as const),
    settings: settings.map(({ url }) => ({ url })),
    at: time,
  }),
  fc.record({
    type: fc.constant('rotate-secret' as const),
    sealed: fc.option(fc.string({ maxLength: 5 })),
    graceMs: fc.nat(100_000),
    at: time,
  }),
  fc.record({ type: fc.constant('expire-secrets' as const), at: time }),
  fc.record({ type: fc.constant('rewrap' as const), secrets, headers, at: time }),
  fc.record({ type: fc.constant('enable' as const), held: fc.constantFrom(...heldChoices), at: time }),
  fc.record({ type: fc.constant('turn-off' as const), heldFrom: position, at: time }),
  fc.record({
    type: fc.constant('fail' as const),
    term: fc.integer({ min: 1, max: 6 }),
    reason,
    cause: position,
    at: time,
  }),
  fc.record({ type: fc.constant('delete' as const), at: time }),
);
