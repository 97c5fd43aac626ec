/** The egress proxy did not open a way to the endpoint. Nothing was sent to it. */
export class ProxyRefused extends Error {
  override readonly name = 'ProxyRefused';
  readonly code = 'HYPERHOOK_PROXY_REFUSED';
  /** HTTP status; null: what came was no HTTP. */
  readonly status: number | null;

  constructor(status: number | null) {
    super(status === null ? 'the egress proxy speaks no HTTP' : `the egress proxy answered ${status}`);
    this.status = status;
  }

  /** By convention of such proxies: the rule of where deliveries may go is theirs, and it said no. */
  get isRule(): boolean {
    return this.status === 403;
  }
}
