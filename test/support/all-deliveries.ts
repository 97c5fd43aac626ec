import type { EngineUnderTest } from './engine-under-test.ts';

/** A delivery as lists show it; times are ISO 8601. */
export interface DeliveryView {
  readonly id: string;
  readonly webhook_id: string;
  readonly event_id: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string | null;
  readonly asked_by: string;
  readonly test: boolean;
  readonly attempts: number;
  readonly last_status_code: number | null;
  readonly next_attempt_at: string | null;
}

/** Every page of a list of deliveries. `query`: further parameters, e.g. `webhook=wh_1`. */
export async function allDeliveries(
  engine: Pick<EngineUnderTest, 'must' | 'rootKey'>,
  query: string,
  key = engine.rootKey,
): Promise<DeliveryView[]> {
  const all: DeliveryView[] = [];
  let after = '';
  do {
    const path = `/deliveries?limit=100&${query}${after}`;
    const page = await engine.must<{ data: DeliveryView[]; next: string | null }>(
      'GET',
      path,
      undefined,
      key,
    );
    all.push(...page.data);
    after = page.next === null ? '' : `&after=${encodeURIComponent(page.next)}`;
  } while (after !== '');
  return all;
}
