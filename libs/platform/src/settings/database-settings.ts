import { defineConfig } from '../load-config.ts';

/** PostgreSQL for the history: on no delivery path. */
export const databaseSettings = defineConfig({
  databaseUrl: {
    env: 'HYPERHOOK_DATABASE_URL',
    kind: 'url',
    schemes: ['postgres', 'postgresql'],
    secret: true,
    description: 'PostgreSQL for the history, postgres://user:password@host:5432/database',
  },
});
