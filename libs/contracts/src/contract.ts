import type { DeliveryPolicy, DeliveryStatus } from '#domain';

/** One value of the tenant that bodies carry, e.g. Hyperleap's chatbotName. */
export interface ContractAttribute {
  readonly name: string;
  readonly description: string;
  /** Regular expression that the whole value must match; null: any text of 1 to 200 characters. */
  readonly pattern: string | null;
  /** A valid value, for forms, tests and the demo. */
  readonly example: string;
}

/** Cuts an array at accept, keeping the true total (Hyprwatch's rows). */
export interface ContractTruncation {
  readonly rows: string;
  readonly total: string;
  readonly flag: string;
  readonly maxRows: number;
  /** Of the compact array, brackets included. */
  readonly maxBytes: number;
}

export interface ContractEventType {
  readonly type: string;
  /** The page's own label and description. */
  readonly label: string;
  readonly description: string;
  /** JSON Schema of the publisher's `data`. */
  readonly schema: object;
  /** A valid `data`, used by Send Test Event and the demo; the page's own sample where it has one. */
  readonly sample: object;
  /** null: never cut. */
  readonly truncate: ContractTruncation | null;
  /** Largest `data` accepted, in bytes: 256 KiB, or 1 MiB for types that are truncated. */
  readonly maxBytes: number;
}

/** Who holds the signing secret, and how one is made. */
export interface ContractSecret {
  readonly owner: 'endpoint' | 'tenant';
  /** Text before the encoded random bytes; it is part of what people copy. */
  readonly prefix: string;
  readonly bytes: number;
  readonly encoding: 'base64' | 'hex';
  /** May the engine make one (else it must be supplied)? */
  readonly generated: boolean;
  /** May a customer choose, explicitly, to be sent unsigned requests (HL-5)? */
  readonly optional: boolean;
  /** Bounds of a supplied secret, in characters. */
  readonly minLength: number;
  readonly maxLength: number;
}

/** How event ids look, and how one is made: prefix, then `length` characters of `alphabet`. */
export interface ContractEventId {
  /** Regular expression that a whole id must match. */
  readonly pattern: string;
  readonly prefix: string;
  /** Each character is one equal share of a byte, so its length divides 256. */
  readonly alphabet: string;
  readonly length: number;
}

export type TimeFormat = 'iso-milliseconds' | 'iso-seconds' | 'unix-seconds';

/** One piece of the body; the body's order is theirs. */
export type EnvelopePart =
  | { readonly from: 'event-id' | 'event-type' | 'delivery-id' | 'data'; readonly name: string }
  | { readonly from: 'occurred-at'; readonly name: string; readonly format: TimeFormat }
  | { readonly from: 'attribute'; readonly name: string; readonly attribute: string }
  /** One member of the publisher's data; `null` is sent where it is missing. */
  | { readonly from: 'data-member'; readonly name: string; readonly member: string }
  /** All members of the publisher's data, here, in their own order. */
  | { readonly from: 'data-members' };

/** What a request header carries; `attempt-seconds` is the Unix time of the attempt. */
export type HeaderValue = 'event-id' | 'event-type' | 'delivery-id' | 'attempt-seconds';

export interface ContractHeader {
  /** Sent with exactly these capitals. */
  readonly name: string;
  readonly value: HeaderValue;
}

export interface ContractSignature {
  readonly header: string;
  /** Text before the encoded digest, e.g. `sha256=`. */
  readonly prefix: string;
  readonly encoding: 'hex' | 'base64';
  /** `utf8`: the whole secret as text, prefix included; `base64-after-prefix`: what follows it, decoded. */
  readonly key: 'utf8' | 'base64-after-prefix';
  /** What is signed; the pieces are joined by dots. */
  readonly content: readonly (HeaderValue | 'body')[];
  /** Text between the signatures of several live secrets; null: only the newest signs. */
  readonly separator: string | null;
  /** Text before an ed25519 signature of the same content, where receivers may have a public key instead; null: never. */
  readonly ed25519: string | null;
}

/** A provider's wire contract, read from one data file (libs/contracts/data/<id>.json). Immutable. */
export interface Contract {
  readonly id: string;
  readonly title: string;
  readonly attributes: readonly ContractAttribute[];
  readonly eventId: ContractEventId;
  /** Regular expression that the whole name of an event type must match, listed or not. */
  readonly typePattern: string;
  readonly envelope: readonly EnvelopePart[];
  /** Besides Content-Type and the signature. */
  readonly headers: readonly ContractHeader[];
  readonly signature: ContractSignature;
  readonly eventTypes: ReadonlyMap<string, ContractEventType>;
  /** True: types that are not listed are accepted too, with any object as data. */
  readonly openTypes: boolean;
  /** Largest `data` of a type that is not listed, in bytes. */
  readonly maxBytes: number;
  readonly secret: ContractSecret;
  readonly policy: DeliveryPolicy;
  /** `always`: http is refused at save, everywhere; `production`: unless the installation allows http. */
  readonly https: 'always' | 'production';
  /** What a replay sends: the same bytes, or (Hyperspell) nothing unless a new timestamp is asked for. */
  readonly replay: 'same-bytes' | 'restamp';
  /** Prefix of API keys made for its tenants, e.g. `hw_live_`. */
  readonly keyPrefix: string;
  /** The page's own words for a status. */
  readonly words: Readonly<Record<DeliveryStatus, string>>;
}
