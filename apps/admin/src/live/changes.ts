/** What may look different now, to those who see a tenant's things. */
export interface Changes {
  readonly webhooks: boolean;
  readonly deliveries: boolean;
  readonly replays: boolean;
}

export const noChanges: Changes = { webhooks: false, deliveries: false, replays: false };
export const allChanges: Changes = { webhooks: true, deliveries: true, replays: true };

export function joined(one: Changes, other: Partial<Changes>): Changes {
  return {
    webhooks: one.webhooks || other.webhooks === true,
    deliveries: one.deliveries || other.deliveries === true,
    replays: one.replays || other.replays === true,
  };
}

export function isAny({ webhooks, deliveries, replays }: Changes): boolean {
  return webhooks || deliveries || replays;
}
