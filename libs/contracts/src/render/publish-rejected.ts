/** Why an event is not accepted. A closed list: the edge maps each to one status (payload_too_large: 413, else 422). */
export const publishProblemCodes = [
  'unknown_type',
  'invalid_type',
  'invalid_id',
  'invalid_time',
  'invalid_data',
  'invalid_attribute',
  'reserved_field',
  'payload_too_large',
] as const;
export type PublishProblemCode = (typeof publishProblemCodes)[number];

export interface PublishProblem {
  readonly code: PublishProblemCode;
  /** RFC 6901, within the published event: `/type`, `/data/host_id`. */
  readonly pointer: string;
  /** What is wrong and how to mend it. */
  readonly detail: string;
}

/** An event that does not fit its contract: the publisher's to mend; sending it again changes nothing. */
export class PublishRejected extends Error {
  override readonly name = 'PublishRejected';
  readonly problems: readonly PublishProblem[];

  constructor(problems: readonly PublishProblem[]) {
    super(problems.map((each) => `${each.pointer}: ${each.detail}`).join('; '));
    this.problems = problems;
  }
}
