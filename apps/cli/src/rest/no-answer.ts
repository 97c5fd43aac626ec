/** The engine did not answer: whether it took the request is not known. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}
