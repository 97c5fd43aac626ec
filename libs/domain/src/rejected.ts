/** Why a command was refused. A closed list: the edge maps each to one HTTP and one gRPC status. */
export const rejectionCodes = ['already_exists', 'not_found', 'conflict', 'invalid'] as const;
export type RejectionCode = (typeof rejectionCodes)[number];

/** A command that does not fit the state it met. Never thrown for what receivers or networks do. */
export class Rejected extends Error {
  override readonly name = 'Rejected';
  readonly code: RejectionCode;

  constructor(code: RejectionCode, message: string) {
    super(message);
    this.code = code;
  }
}
