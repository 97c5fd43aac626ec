import type { EndpointFact } from '../endpoint/endpoint-facts.ts';
import type { ApiKeyFact } from '../key/api-key.ts';
import type { ReplayFact } from '../replay/replay-facts.ts';
import type { TenantFact } from '../tenant/tenant.ts';

/** First fact of every `control` topic: what can never change afterwards. */
export interface InstallationFact {
  readonly type: 'installation.created';
  /** Partitions of `events` and all that follows from it. */
  readonly partitions: number;
  /** Contract time to real time (R15). */
  readonly timeScale: number;
  readonly at: number;
}

/**
 * Somebody asked for deliveries outside the first attempt. Changes no state: its position in `control` is the number
 * of the chain (R2), and it is the audit entry.
 */
export interface AskFact {
  readonly type: 'delivery.asked';
  readonly askedBy: 'test' | 'replay';
  readonly tenantId: string;
  readonly endpointId: string;
  /** What is sent again; null for a test event. */
  readonly deliveryId: string | null;
  readonly at: number;
}

/** Somebody was shown a signing secret. Changes no state: it is the audit entry, and is durable before the secret is shown. */
export interface RevealFact {
  readonly type: 'secret.revealed';
  readonly tenantId: string;
  /** null: the tenant's own. */
  readonly endpointId: string | null;
  readonly at: number;
}

/**
 * Everything that an installation holds of its customers left it: as an export, with secrets in clear, or as a backup, where they
 * stay sealed. Changes no state: it is the audit entry, durable before the first line is sent.
 */
export interface ExportFact {
  readonly type: 'installation.exported';
  readonly what: 'export' | 'backup';
  readonly tenants: number;
  readonly keys: number;
  readonly endpoints: number;
  readonly at: number;
}

/**
 * Somebody asked that what the tables hold of a tenant, or of some of its events, be erased. Changes no state; projections
 * carry it out, as often as it takes.
 */
export interface ErasureFact {
  readonly type: 'data.erased';
  readonly tenantId: string;
  /** null: everything that was accepted until then. */
  readonly eventIds: readonly string[] | null;
  readonly at: number;
}

/**
 * A record that nobody could read was put into its topic once more. Changes no state: it is the audit entry, and what keeps it from
 * being put there twice.
 */
export interface RedriveFact {
  readonly type: 'record.redriven';
  /** `topic/partition/offset` of the record that was quarantined. */
  readonly recordId: string;
  /** Where the new one stands, on the same topic and partition. */
  readonly offset: number;
  readonly at: number;
}

/** Everything that the one partition of `control` holds. */
export type ControlFact =
  | InstallationFact
  | TenantFact
  | ApiKeyFact
  | EndpointFact
  | ReplayFact
  | AskFact
  | RevealFact
  | ExportFact
  | ErasureFact
  | RedriveFact;

export type ControlFactType = ControlFact['type'];

/** A fact with what the log adds to it. */
export interface ControlEntry {
  /** UUID; a resent copy of the same entry changes nothing. */
  readonly factId: string;
  /** Who: `key:<id>`, `portal:<id of the key>`, `policy:<name>`, `installation`. */
  readonly actor: string;
  readonly fact: ControlFact;
}

/** Of the life of an endpoint; others may name one too. */
export function isEndpointFact(fact: ControlFact): fact is EndpointFact {
  return fact.type.startsWith('endpoint.');
}
