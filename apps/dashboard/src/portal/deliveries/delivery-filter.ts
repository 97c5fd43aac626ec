/** Filters live in the address, so that a list can be shared, reloaded and gone back to. */
export interface DeliveryFilter {
  readonly status?: DeliveryStatusFilter | undefined;
  readonly type?: string | undefined;
  /** Of what was answered last. */
  readonly code?: CodeClass | undefined;
  /** Accepted within this long. */
  readonly within?: Within | undefined;
  readonly event?: string | undefined;
  readonly webhook?: string | undefined;
}

/** The same, with the page of the list and the delivery that is open beside it. */
export interface DeliverySearch extends DeliveryFilter {
  readonly after?: string | undefined;
  readonly before?: string | undefined;
  readonly delivery?: string | undefined;
}

export const statuses = ['pending', 'delivered', 'failed', 'expired', 'held', 'cancelled'] as const;
export type DeliveryStatusFilter = (typeof statuses)[number];

export const codeClasses = ['2xx', '3xx', '4xx', '5xx', 'none'] as const;
export type CodeClass = (typeof codeClasses)[number];

export const withins = ['1h', '24h', '7d'] as const;
export type Within = (typeof withins)[number];
const SPAN_MS: Record<Within, number> = { '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000 };

/** Reads what stands in an address; what is not understood is left out rather than refused. */
export function deliverySearch(search: Readonly<Record<string, unknown>>): DeliverySearch {
  return present({
    status: oneOf(statuses, search['status']),
    type: text(search['type']),
    code: oneOf(codeClasses, search['code']),
    within: oneOf(withins, search['within']),
    event: text(search['event']),
    webhook: text(search['webhook']),
    after: text(search['after']),
    before: text(search['before']),
    delivery: text(search['delivery']),
  });
}

/** Another filter begins at the first page, with nothing open. */
export function filtered(search: DeliverySearch, change: DeliveryFilter): DeliverySearch {
  const { after: _after, before: _before, delivery: _delivery, ...filter } = search;
  return present({ ...filter, ...change });
}

export function isFiltered({ status, type, code, within, event, webhook }: DeliveryFilter): boolean {
  return [status, type, code, within, event, webhook].some((one) => one !== undefined);
}

/** What may be chosen, with what is: a filter that is not in its list would not be seen. */
export function withChosen(options: readonly Option[], chosen: string | undefined): readonly Option[] {
  if (chosen === undefined || options.some(({ value }) => value === chosen)) return options;
  return [...options, { value: chosen, label: chosen }];
}

interface Option {
  readonly value: string;
  readonly label: string;
}

/** The query of GET /deliveries. Times are cut to the minute, so that the same filter asks the same question for a while. */
export function deliveryQuery(
  { status, type, code, within, event, webhook, after, before }: DeliverySearch,
  nowMs: number,
  limit: number,
) {
  const since =
    within === undefined
      ? undefined
      : new Date(Math.floor((nowMs - SPAN_MS[within]) / 60_000) * 60_000).toISOString();
  return present({
    limit: String(limit),
    status,
    type,
    code_class: code,
    since,
    event,
    webhook,
    after,
    before: after === undefined ? before : undefined,
  });
}

/** Numbers and truths are read as such from an address; ids may look like them. */
function text(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function oneOf<T extends string>(known: readonly T[], value: unknown): T | undefined {
  return known.find((one) => one === value);
}

type Present<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}
