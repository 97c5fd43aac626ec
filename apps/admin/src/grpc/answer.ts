/** A message, with the control position that a reader must have passed to see the change (R20). */
export class Answer {
  readonly message: object;
  readonly position: number;

  constructor(message: object, position: number) {
    this.message = message;
    this.position = position;
  }
}
