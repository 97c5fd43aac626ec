import type { EndpointState } from '#domain';
import type { Principal } from '#http-edge';
import { webhookView } from '../rest/webhook.view.ts';
import type { EndpointWithSecret, WrittenEndpoint } from '../use-cases/create-endpoint.ts';
import { refusedField } from '../use-cases/refused-field.ts';
import { Answer } from './answer.ts';
import { webhookLimitsOf, type LimitsMessage } from './limits-message.ts';

/** How requests are signed: `null` in REST's body is a field of its own here, since protobuf has no null. */
interface Signing {
  readonly secret?: string;
  readonly unsigned?: boolean;
}

/** What is sent of one webhook, beside what REST has in the body. */
export interface OfOneWebhook {
  readonly id?: string;
  readonly if_version?: number;
}

export interface CreateWebhookMessage extends Signing {
  readonly events?: readonly string[];
}

export interface UpdateWebhookMessage extends OfOneWebhook, LimitsMessage {
  readonly events?: { readonly types?: readonly string[] };
  readonly headers?: { readonly values?: Readonly<Record<string, string>> };
}

export interface RotateSecretMessage extends OfOneWebhook, Signing {
  readonly grace_period_seconds?: number;
}

/** As REST's body says it: a text, null, or nothing. */
export function secretOf({ secret, unsigned }: Signing): { readonly secret?: string | null } {
  if (unsigned === false) {
    const detail = 'must be true, or not be sent; without it requests are signed';
    throw refusedField('/unsigned', 'must_be_true', detail);
  }
  if (unsigned === true) return { secret: null };
  return secret === undefined ? {} : { secret };
}

/** Nothing said is not the same as none. */
export function namedSettings(message: UpdateWebhookMessage): object {
  const { events, headers } = message;
  return {
    ...webhookLimitsOf(message),
    ...(events === undefined ? {} : { events: events.types ?? [] }),
    ...(headers === undefined ? {} : { headers: headers.values ?? {} }),
  };
}

export const webhookMessage = (endpoint: EndpointState, caller: Principal) => ({
  ...webhookView(endpoint, caller),
  version: endpoint.version,
});

export function changedWebhook({ endpoint, position }: WrittenEndpoint, caller: Principal): Answer {
  return new Answer({ webhook: webhookMessage(endpoint, caller) }, position);
}

export function shownWebhook({ endpoint, secret, position }: EndpointWithSecret, caller: Principal): Answer {
  return new Answer({ webhook: webhookMessage(endpoint, caller), secret }, position);
}
