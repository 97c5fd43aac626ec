import type { Contract } from '#contracts';
import type { HeadersOwner } from '#control';
import type { EndpointLimits, EndpointSettings, HeaderSetting } from '#domain';
import { Refused } from '#http-edge';
import { checkHeaders } from '#webhook-http';
import type { AdminContext } from './admin-context.ts';
import { endpointLimits, type LimitsAsk } from './limits.ts';
import { storedHeaders } from './stored-headers.ts';
import { pointerStep, refusedField } from './refused-field.ts';

/** What a customer may set on an endpoint; absent: as it is, or as it is by default. */
export interface SettingsAsk {
  readonly url?: string | undefined;
  readonly events?: readonly string[] | undefined;
  readonly description?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly limits?: LimitsAsk | undefined;
}

type Rules = Pick<AdminContext, 'guard' | 'allowHttp' | 'secretBox'>;

/** Whose settings they are; `headers`: as they stand now, where it is there already. */
export interface SettingsOwner extends HeadersOwner {
  readonly headers?: Readonly<Record<string, HeaderSetting>>;
}

/** Only the settings that were given, in the form they are stored in. `limits`: those of now. Throws 422 with a pointer. */
export function checkedSettings(
  rules: Rules,
  contract: Contract,
  owner: SettingsOwner,
  ask: SettingsAsk,
  limits?: EndpointLimits,
): Partial<EndpointSettings> {
  return {
    ...(ask.url === undefined ? {} : { url: canonicalUrl(rules, contract, ask.url) }),
    ...(ask.events === undefined ? {} : { events: knownEvents(contract, ask.events) }),
    ...(ask.description === undefined ? {} : { description: ask.description }),
    ...(ask.headers === undefined
      ? {}
      : { headers: storedHeaders(rules.secretBox, owner, allowedHeaders(ask.headers)) }),
    ...(ask.limits === undefined ? {} : { limits: endpointLimits(ask.limits, limits) }),
  };
}

/** What is stored is what will be connected to, and is shown back: parsers repair silently what people mistype. */
function canonicalUrl({ guard, allowHttp }: Rules, contract: Contract, text: string): string {
  const checked = guard.checkUrl(text, { https: contract.https, allowHttp });
  if (checked.ok) return checked.url;
  throw refusedField('/url', checked.code, checked.detail);
}

function knownEvents(contract: Contract, events: readonly string[]): readonly string[] {
  const known = [...contract.eventTypes.keys()].join(', ');
  const pattern = new RegExp(`^(?:${contract.typePattern})$`, 'u');
  const errors = events.flatMap((type, index) => {
    const fits = contract.eventTypes.has(type) || (contract.openTypes && pattern.test(type));
    if (fits) return [];
    const detail = contract.openTypes
      ? `event types of ${contract.title} match ${contract.typePattern}; leave "events" empty for all of them`
      : `${contract.title} has no such event type; it has ${known}; leave "events" empty for all of them`;
    return [{ pointer: `/events/${index}`, code: 'unknown_event_type', detail }];
  });
  if (errors.length === 0) return [...new Set(events)];
  const detail = errors.map((each) => `${each.pointer}: ${each.detail}`).join('; ');
  throw new Refused('validation_failed', detail, { errors });
}

function allowedHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const problem = checkHeaders(headers);
  if (problem !== null) {
    throw refusedField(`/headers/${pointerStep(problem.name)}`, 'invalid_header', problem.detail);
  }
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
