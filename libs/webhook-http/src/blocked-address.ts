/** The host is, or resolves to, an address that deliveries must not reach. Nothing was sent. */
export class BlockedAddress extends Error {
  override readonly name = 'BlockedAddress';
  readonly code = 'HYPERHOOK_BLOCKED_ADDRESS';

  constructor() {
    // The address itself is not named: receivers must not read our network from it.
    super('the host leads to an address that is not public');
  }
}
