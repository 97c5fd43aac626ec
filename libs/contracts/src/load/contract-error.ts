/** A contract file that cannot be used. Names the file, where in it (RFC 6901), and why. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
  readonly file: string;
  readonly pointer: string;
  readonly reason: string;

  constructor(file: string, pointer: string, reason: string) {
    super(`${file}${pointer === '' ? '' : ` at ${pointer}`}: ${reason}`);
    this.file = file;
    this.pointer = pointer;
    this.reason = reason;
  }
}
