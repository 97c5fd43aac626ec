/** One sample event as its provider's page shows it; only elisions and comments are replaced. */
export interface Sample {
  readonly contract: 'hyperspell' | 'hypertune' | 'hyperleap' | 'hyprwatch';
  readonly id?: string;
  readonly type: string;
  /** As the page prints it; absent: now. */
  readonly occurredAt?: string;
  readonly data: object;
}

const uuid = (last: string): string => `a1b2c3d4-0000-4000-8000-${last.padStart(12, '0')}`;

const hyperspell: readonly Sample[] = [
  {
    contract: 'hyperspell',
    type: 'index-started',
    data: { user_id: null, source: 'web_crawler', resource_id: 'https://example.com/' },
  },
  {
    contract: 'hyperspell',
    type: 'index-completed',
    data: { user_id: 'user-1', source: 'notion', resource_id: null },
  },
];

const hypertune: readonly Sample[] = [
  {
    contract: 'hypertune',
    id: 'QAq7JB7nE5tY8mS99qsmM',
    type: 'NEW_COMMIT',
    occurredAt: '2023-04-17T12:02:26.095Z',
    data: {
      project: { id: '2489', name: 'demo-webhook project' },
      commit: { id: '2792', message: 'v5' },
      user: { id: '2431', displayName: 'Miraan Tabrez', email: 'miraan@hypertune.com' },
    },
  },
];

const leapAt = '2025-09-15T10:30:00Z';
const hyperleap: readonly Sample[] = [
  {
    contract: 'hyperleap',
    type: 'lead.captured',
    occurredAt: leapAt,
    data: {
      name: 'Jane Smith',
      email: 'jane@example.com',
      phone: '+1234567890',
      companyName: 'Acme Inc',
      externalUserLoginId: uuid('1'),
      tags: ['enterprise', 'demo'],
    },
  },
  {
    contract: 'hyperleap',
    type: 'conversation.started',
    occurredAt: leapAt,
    data: {
      conversationId: uuid('2'),
      externalUserId: 'user-123',
      metadata: { page: '/pricing', referrer: 'google' },
    },
  },
  {
    contract: 'hyperleap',
    type: 'conversation.message',
    occurredAt: leapAt,
    data: { conversationId: uuid('2'), message: 'How do I reset my password?' },
  },
  {
    contract: 'hyperleap',
    type: 'conversation.reply',
    occurredAt: leapAt,
    data: {
      conversationId: uuid('2'),
      messageId: uuid('3'),
      userMessage: 'How do I reset?',
      reply: 'To reset your password, open Settings.',
    },
  },
];

const stateChange = {
  host_id: 'h_abc123',
  hostname: 'server-01',
  platform: 'linux',
  last_seen: '2024-01-15T10:35:00Z',
  previous_state: 'offline',
  offline_duration_seconds: 3600,
};
const hyprwatch: readonly Sample[] = [
  {
    contract: 'hyprwatch',
    id: 'evt_xyz789',
    type: 'host.online',
    occurredAt: '2024-01-15T10:35:00Z',
    data: {
      host_id: 'h_abc123',
      hostname: 'server-01',
      platform: 'linux',
      os_version: 'Ubuntu 22.04',
      ip_address: '192.168.1.100',
    },
  },
  {
    contract: 'hyprwatch',
    id: 'evt_001',
    type: 'host.enrolled',
    occurredAt: '2024-01-15T10:30:00Z',
    data: {
      host_id: 'h_abc123',
      hostname: 'new-server',
      platform: 'linux',
      os_version: 'Ubuntu 22.04 LTS',
      osquery_version: '5.10.2',
      shadow_version: '0.1.0',
    },
  },
  {
    contract: 'hyprwatch',
    id: 'evt_002',
    type: 'host.online',
    occurredAt: '2024-01-15T10:35:00Z',
    data: stateChange,
  },
  {
    contract: 'hyprwatch',
    id: 'evt_002b',
    type: 'host.offline',
    occurredAt: '2024-01-15T11:35:00Z',
    data: { ...stateChange, previous_state: 'online', offline_duration_seconds: 0 },
  },
  {
    contract: 'hyprwatch',
    id: 'evt_003',
    type: 'query.completed',
    occurredAt: '2024-01-15T10:40:00Z',
    data: {
      query_id: 'sq_abc123',
      query_name: 'unauthorized_ssh_keys',
      sql: 'SELECT * FROM authorized_keys',
      result_id: 'r_xyz789',
      host_id: 'h_def456',
      hostname: 'prod-server-01',
      platform: 'linux',
      row_count: 2,
      rows: [
        { key: 'ssh-rsa AAAA', key_file: '/root/.ssh/authorized_keys' },
        { key: 'ssh-rsa BBBB', key_file: '/root/.ssh/authorized_keys' },
      ],
      rows_truncated: false,
    },
  },
];

export const samples: readonly Sample[] = [...hyperspell, ...hypertune, ...hyperleap, ...hyprwatch];
