import { Membership, type MembershipHost } from '../core/membership.ts';
import type { GroupHandlers, GroupOptions } from '../port/group.ts';

export interface KafkaMemberHost extends MembershipHost {
  /** R9. */
  isFresh(): boolean;
  /** The member cannot go on: no heartbeat may keep for it what nobody works on. */
  failed(): void;
}

/** A member whose freshness is measured, not told. */
export class KafkaMember extends Membership {
  readonly #host: KafkaMemberHost;

  constructor(host: KafkaMemberHost, options: GroupOptions, handlers: GroupHandlers) {
    super(host, options, handlers, '');
    this.#host = host;
  }

  override isFresh(): boolean {
    return super.isFresh() && this.#host.isFresh();
  }

  override fail(error: unknown): void {
    this.#host.failed();
    super.fail(error);
  }
}
