import { defineConfig } from '../load-config.ts';

/** For the process that serves the web page. */
export const pageSettings = defineConfig({
  page: {
    env: 'HYPERHOOK_PAGE',
    kind: 'bool',
    default: true,
    description: 'serve the web page (customer portal and operations) under /ui',
  },
});
