import type { Stand } from './core/lag.ts';
import type { ControlEntry, DeliveryRef, Outcome, TierName } from '#domain';

/** Record of `events`. */
export interface EventRecord {
  readonly eventId: string;
  readonly eventType: string;
  readonly tenantId: string;
  readonly contract: string;
  /** Epoch ms. */
  readonly occurredAt: number;
  readonly acceptedAt: number;
  /** Fan-out waits until the control table has passed it (R20). */
  readonly controlPosition: number;
  /** Byte offset of the 36 bytes where each delivery's id goes; null: the body holds none (P7). */
  readonly slot: number | null;
  /** How many deliveries led to it, one through the other; absent: none. */
  readonly hop?: number;
  /** W3C Trace Context of its publishing; absent: nobody traces it. */
  readonly traceparent?: string;
  readonly body: Uint8Array;
}

/** Record of `deliveries`: the body is complete (slot filled). */
export interface AskedRecord {
  readonly ref: DeliveryRef;
  readonly body: Uint8Array;
}

/** Record of a retry topic: the body is complete (slot filled). */
export interface WaitingRecord {
  readonly ref: DeliveryRef;
  /** The attempt it will make. */
  readonly attempt: number;
  /** Number of this placement within the chain (R2). */
  readonly step: number;
  /** Epoch ms. */
  readonly dueAt: number;
  /** Tiers still to pass through after the one it stands in. */
  readonly hops: readonly TierName[];
  /** Epoch ms of the first deferral of this attempt; null: it waits because the one before failed. */
  readonly deferredSince: number | null;
  readonly body: Uint8Array;
}

/** How one request went, in full: what a customer reads when something is wrong. Never decides anything. */
export interface AttemptDetail {
  readonly startedAt: number;
  readonly durationMs: number;
  /** As sent, signatures included (they are worthless without the secret). */
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly url: string;
  readonly status: number | null;
  readonly errorClass: string | null;
  /** One sentence for people. */
  readonly message: string | null;
  readonly responseHeaders: Readonly<Record<string, string>> | null;
  /** First 16 KiB, base64; attacker-written text. */
  readonly responseBody: string | null;
  readonly responseBytes: number | null;
  readonly responseTruncated: boolean;
}

/** Record of `outcomes`: an outcome of a delivery, or the note that an event matched nobody (R4). */
export type OutcomeRecord =
  | { readonly kind: 'outcome'; readonly outcome: Outcome; readonly detail: AttemptDetail | null }
  | {
      readonly kind: 'unmatched';
      readonly tenantId: string;
      readonly eventId: string;
      readonly eventType: string;
      readonly eventOffset: number;
      readonly at: number;
    };

/** Record of `control`. */
export type ControlRecord = ControlEntry;

/** Record of `key-uses`: what one process saw since its last one. */
export interface KeyUsesRecord {
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  /** By key id: epoch ms of its last use. */
  readonly uses: Readonly<Record<string, number>>;
}

/** Record of `processes`: one process, as it says itself. */
export interface ProcessReport {
  /** New at each start. */
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  /** `ingestion`, `dispatcher`, `projector`, `admin`. */
  readonly role: string;
  readonly host: string;
  readonly pid: number;
  readonly version: string;
  /** Epoch ms. */
  readonly startedAt: number;
  /** Attempts under way, events that wait for the log; null: its role has nothing to count. */
  readonly inFlight: number | null;
  /** By group, where it stands in each topic-partition that it owns. */
  readonly stands: Readonly<Record<string, readonly Stand[]>>;
  /** It stops, and this is its last report. */
  readonly isEnding: boolean;
}

export interface QuarantinedRecord {
  /**
   * A topic of the engine without the installation's prefix, or another team's by its full name; `kafka:<name>` where
   * that would read like one of the engine's.
   */
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly reason: string;
  readonly at: number;
}
