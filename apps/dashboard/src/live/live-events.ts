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

/**
 * What hangs on them beside the queries of that name: the tenant is told of with its webhooks, and how a webhook does, and
 * what is held for it, follows from its deliveries.
 */
export function keysOf(name: Watched): readonly string[] {
  if (name === 'replays') return [name];
  return name === 'webhooks' ? ['webhooks', 'me'] : ['deliveries', 'webhooks'];
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
