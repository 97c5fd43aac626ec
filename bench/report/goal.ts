export interface Goal {
  readonly what: string;
  /** Measured once, on two cores of the same kind, each with its own stores; not by these scripts. */
  readonly svix: string;
  readonly outpost: string;
  readonly bare: string;
  readonly goal: string;
  /** Undefined: its case did not run. */
  readonly is: string | undefined;
  readonly isMet: boolean;
}
