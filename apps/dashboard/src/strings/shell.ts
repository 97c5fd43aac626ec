export const shellStrings = {
  product: 'Webhooks',
  skip: 'Skip to the content',
  nav: 'Main',
  portal: { endpoints: 'Endpoints', deliveries: 'Deliveries', replays: 'Replays' },
  operations: 'Operations',
  customerPages: 'Customer pages',
  tenant: 'Tenant',
  notFoundTitle: 'There is no such page',
  notFoundAbout: 'The address may be mistyped, or what it named was deleted.',
  toStart: 'To the start',
  crashTitle: 'This page broke',
  crashAbout:
    'Something went wrong in the page itself; the engine is not affected. Loading it again may help. What it said:',
  reload: 'Load again',
};

/** What the browser calls a page. */
export const titleOf = (page: string): string => `${page} · ${shellStrings.product}`;
