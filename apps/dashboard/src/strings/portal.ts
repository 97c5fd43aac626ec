/** English of the customer's pages. What a contract says itself (labels, descriptions, words for a status) comes from the API. */
export const portalStrings = {
  plan: {
    badge: 'Not in this plan',
    title: 'Webhooks are not part of your plan',
    about:
      'With a plan that includes webhooks, events are sent to your server as they happen. What was set up before is kept, and works again after the change.',
  },
  tenants: {
    title: 'Whose webhooks?',
    about: 'This key belongs to no tenant. Choose whose page to see; changes are made in their name.',
    missing: (id: string) => `There is no tenant ${id}, or it was deleted.`,
    noneTitle: 'No tenants yet',
    noneAbout: 'They are made by POST /api/v1/tenants, or with the command line.',
    more: 'Show more',
    change: 'Other tenant',
    actingFor: (name: string) => `You see and change this as ${name}.`,
  },
  endpoints: {
    title: 'Endpoints',
    about: 'Where your events are sent.',
    add: 'Add endpoint',
    noneTitle: 'No endpoint yet',
    noneAbout: 'Add the URL of your server that receives events, choose which, and send a test.',
    status: { active: 'Active', off: 'Off', failed: 'Disabled' },
    allEvents: 'All events',
    more: 'Show more',
    columns: {
      endpoint: 'Endpoint',
      events: 'Events',
      day: 'Last 24 hours',
      success: 'Success',
      status: 'Status',
    },
    noDeliveries: 'Nothing sent',
    dayUnknown: 'Not known now',
    noneEnded: 'Under way',
    dayText: (delivered: number, failed: number, open: number) =>
      `In 24 hours: ${delivered.toLocaleString('en')} delivered, ${failed.toLocaleString('en')} failed, ${open.toLocaleString('en')} not ended`,
  },
};
