/** A message, with the control position that a reader must have passed to see the change (R20). */
export class Answer {
  readonly message: object;
  /** undefined: nothing was written. */
  readonly position: number | undefined;
  /** It was given before, under the same idempotency key. */
  readonly replayed: boolean;

  constructor(message: object, position: number | undefined, replayed = false) {
    this.message = message;
    this.position = position;
    this.replayed = replayed;
  }
}
