import type { DeliveryPolicy, DeliveryStatus } from '#domain';

/** One value of the tenant that bodies carry, e.g. Hyperleap's chatbotName. */
export interface ContractAttribute {
  readonly name: string;
  readonly description: string;
  /** Regular expression that the whole value must match; null: any text of 1 to 200 characters. */
  readonly pattern: string | null;
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
  /** Cuts an array at accept, keeping the true total (Hyprwatch's rows); null: never cut. */
  readonly truncate: {
    readonly rows: string;
    readonly total: string;
    readonly flag: string;
    readonly maxRows: number;
    readonly maxBytes: number;
  } | null;
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
}

/** A provider's wire contract, read from one data file (libs/contracts/data/<id>.json). Immutable. */
export interface Contract {
  readonly id: string;
  readonly title: string;
  readonly attributes: readonly ContractAttribute[];
  readonly eventTypes: ReadonlyMap<string, ContractEventType>;
  /** True: types that are not listed are accepted too, with any object as data. */
  readonly openTypes: boolean;
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
