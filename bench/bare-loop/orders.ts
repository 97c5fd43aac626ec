/** What each process of the bare loop is started with, as JSON in its first argument. */
export interface BareOrder {
  readonly brokers: readonly string[];
  readonly databaseUrl: string;
}

export const bareTopics = { events: 'bare.events', outcomes: 'bare.outcomes' } as const;

export const readOrder = (): BareOrder => JSON.parse(process.argv[2] ?? '') as BareOrder;

/** The parent is gone, or done with us. */
process.on('disconnect', () => process.exit(0));
