/** What may have changed, by the first word of the queries' keys. */
export const watched = ['webhooks', 'deliveries', 'replays'] as const;
export type Watched = (typeof watched)[number];

/**
 * The data of a `changed` event, e.g. `{"webhooks":false,"deliveries":true}`. What is not named did not change; what cannot be read
 * may mean anything, so everything is read again.
 */
export function changedBy(data: string): readonly Watched[] {
  const parsed = parse(data);
  if (parsed === undefined) return watched;
  return watched.filter((name) => parsed[name] === true);
}

/** First words of the keys of queries that hang on each: a tenant is told of with its webhooks, a webhook counts what it holds. */
const keys: Record<Watched, readonly string[]> = {
  webhooks: ['webhooks', 'webhook', 'me'],
  deliveries: ['deliveries', 'webhook'],
  replays: ['replays'],
};

export function keysOf(names: Iterable<Watched>): ReadonlySet<string> {
  return new Set([...names].flatMap((name) => keys[name]));
}

/** The data of a `stats` event; undefined where it cannot be read. */
export function statsOf(data: string): Record<string, unknown> | undefined {
  return parse(data);
}

function parse(data: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
