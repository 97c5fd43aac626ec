/** Where one value of a record stands. `field`: JSON pointer (RFC 6901). Header names are read in any case. */
export type Place = { readonly header: string } | { readonly field: string };

/** Written in the file: the same for every record of the topic. */
export interface FixedValue {
  readonly value: string;
}

export const timeUnits = ['rfc3339', 'seconds', 'milliseconds'] as const;
/** How a time is written; numbers count from 1970. */
export type TimeUnit = (typeof timeUnits)[number];

interface AnySource {
  readonly topic: string;
  /** Where reading starts the first time. */
  readonly from: 'beginning' | 'end';
  readonly tenant: Place | FixedValue;
  /**
   * `as-given`: an id that the contract allows stays as it is. `by-source`: ids are hashed together with where they come
   * from, for producers that count each for themselves.
   */
  readonly ids: 'as-given' | 'by-source';
}

/** CloudEvents 1.x, binary or structured, told apart record by record. */
export interface CloudEventsSource extends AnySource {
  readonly format: 'cloudevents';
}

/** JSON documents of the team's own making. */
export interface JsonSource extends AnySource {
  readonly format: 'json';
  readonly id: Place | null;
  readonly type: Place | FixedValue;
  readonly occurredAt: { readonly at: Place; readonly unit: TimeUnit } | null;
  /** JSON pointer; '' is the whole document. */
  readonly data: string;
}

/** A topic of another team that events are read from. */
export type UpstreamSource = CloudEventsSource | JsonSource;
