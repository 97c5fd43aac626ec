/** How long rows are kept, in ms; null: for ever. */
export interface Keep {
  /** Bodies of events, and what was sent and answered. */
  readonly bodiesMs: number | null;
  /** Events and deliveries that are settled, with their attempts, and quarantined records. */
  readonly deliveriesMs: number | null;
}

/**
 * `recent`: those that something may still be folded of. `all`: for tables that are folded anew, from a log whose brokers may
 * hold records for longer than they have to.
 */
export type WhichErasures = 'recent' | 'all';

/** How many rows went, of each kind. */
export interface Swept {
  readonly values: number;
  readonly deliveries: number;
  readonly events: number;
  readonly quarantined: number;
  /** Deliveries and events that somebody asked to be erased. */
  readonly erased: number;
}
