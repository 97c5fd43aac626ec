/** The host name has no address, or nobody who knows it answers. Nothing was sent. */
export class UnresolvedHost extends Error {
  override readonly name = 'UnresolvedHost';
  readonly code = 'HYPERHOOK_UNRESOLVED_HOST';

  constructor(cause?: unknown) {
    super('the host name does not resolve', { cause });
  }
}
