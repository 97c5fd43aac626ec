/** One attempt waiting for its turn. */
export interface Task {
  readonly endpointId: string;
  readonly partition: number;
  /** Makes the attempt. Resolves when its slot is free again: true, its endpoint was asked; false, nothing was sent. Never rejects. */
  attempt(): Promise<boolean>;
  /** Steps aside into a tier. False: it may not (its time would run out); it stays in its lane. */
  defer(delayMs: number): boolean;
}

/** Where tasks come from: a record. An event gives one for each endpoint, drawn as there is room (R19). */
export interface TaskSource {
  readonly partition: number;
  /** The next task; undefined: no more. */
  draw(): Task | undefined;
}
