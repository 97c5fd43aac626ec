/** What can be made to stand still. */
export const stalls = ['endpoints', 'database', 'log'] as const;
export type Stall = (typeof stalls)[number];
