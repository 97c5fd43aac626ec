export interface Broken {
  /** `P4`, or what else was promised. */
  readonly promise: string;
  readonly what: string;
}
