/** What the judge holds each contract to: from the pages (docs/contracts.md), not from the engine's own files. */
export interface ContractFacts {
  /** Requests that one asking may lead to. */
  readonly attempts: number;
  /** A delivery that used up its attempts disables its endpoint. */
  readonly exhaustionDisables: boolean;
  /** 410 ends the delivery and disables its endpoint. */
  readonly goneDisables: boolean;
  /** What is too old is `expired`. */
  readonly expires: boolean;
  /** All endpoints of a tenant are signed with the tenant's secret. */
  readonly tenantSecret: boolean;
  /** Event types: most events, some, few. */
  readonly types: readonly [main: string, second: string, rare: string];
  readonly attributes: Readonly<Record<string, string>>;
  /** `data` of an event; `marker` is found again in the body by who receives it. */
  readonly data: (marker: string, filler: string) => object;
}

export const contractNames = [
  'hyperleap',
  'hyperspell',
  'hypertune',
  'hyprwatch',
  'standard-webhooks',
] as const;
export type ContractName = (typeof contractNames)[number];

const CONVERSATION = '7d7e4d3e-3f0d-4a0e-9a46-0f4d7b0c2b22';
const nothingMore = { exhaustionDisables: false, goneDisables: false, expires: false, tenantSecret: false };

export const contractFacts: Readonly<Record<ContractName, ContractFacts>> = {
  hyperleap: {
    ...nothingMore,
    attempts: 4,
    types: ['conversation.message', 'lead.captured', 'conversation.started'],
    attributes: {
      chatbotId: 'a1b2c3d4-0000-4000-8000-000000000001',
      chatbotName: 'Chaos bot',
      organizationId: 'e5f60708-0000-4000-8000-000000000002',
    },
    data: (marker, filler) => ({ conversationId: CONVERSATION, message: filler, name: marker }),
  },
  hyperspell: {
    ...nothingMore,
    attempts: 5,
    expires: true,
    tenantSecret: true,
    // Its page has two.
    types: ['index-started', 'index-completed', 'index-completed'],
    attributes: { app: 'chaos' },
    data: (marker, filler) => ({ user_id: marker, source: 'chaos', resource_id: filler }),
  },
  hypertune: {
    ...nothingMore,
    attempts: 8,
    types: ['DEPLOYED', 'NEW_COMMIT', 'ROLLED_BACK'],
    attributes: {},
    data: (marker, filler) => ({
      project: { id: '1', name: marker },
      commit: { id: '2', message: filler },
    }),
  },
  hyprwatch: {
    ...nothingMore,
    attempts: 5,
    exhaustionDisables: true,
    types: ['host.online', 'host.offline', 'query.completed'],
    attributes: {},
    data: (marker, filler) => ({
      host_id: 'h_1',
      hostname: marker,
      platform: 'linux',
      query_id: 'sq_1',
      query_name: filler,
      sql: 'SELECT 1',
      result_id: 'r_1',
      rows: [],
    }),
  },
  'standard-webhooks': {
    ...nothingMore,
    attempts: 8,
    goneDisables: true,
    types: ['order.paid', 'order.sent', 'order.lost'],
    attributes: {},
    data: (marker, filler) => ({ order: marker, text: filler }),
  },
};
