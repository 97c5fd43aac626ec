import type { UrlProblem } from '../portal/form/url-check.ts';

/** The settings of an endpoint. */
export const formStrings = {
  newTitle: 'Add an endpoint',
  back: 'Endpoints',
  enabled: 'Webhook Enabled',
  enabledAbout: 'Events are sent to the URL below.',
  offAbout: 'No deliveries are made for new events. What comes due meanwhile is cancelled.',
  failedAbout: (held: number) =>
    held > 0
      ? `The engine disabled this endpoint. Switching it on and saving sends the ${String(held)} held ${held === 1 ? 'delivery' : 'deliveries'}.`
      : 'The engine disabled this endpoint. Switch it on and save when your server is well again.',
  url: 'Webhook URL',
  urlPlaceholder: 'https://example.com/webhooks',
  urlCanonical: 'Stored and called as',
  urlHttp:
    'Plain http: anybody on the way can read and change what is sent. The engine takes it only where its operator allows it.',
  urlProblems: {
    blank: 'Remove blanks, control characters and backslashes, or percent-encode them.',
    not_a_url: 'Give a full URL, like https://example.com/webhooks.',
    scheme: 'The URL must begin with https://.',
    https: 'The URL must begin with https://; plain http is refused.',
    userinfo: 'Take the user name out; use an unguessable path instead.',
    fragment: 'Take the # and what follows out; it is never sent.',
    too_long: 'At most 2,048 characters.',
  } satisfies Record<UrlProblem, string>,
  description: 'Description',
  descriptionAbout: 'For you and your colleagues.',
  events: 'Events',
  eventsNone: 'None chosen: all events are sent, including ones that are added in future.',
  eventsSome: (count: number) => `${String(count)} chosen. Nothing else is sent.`,
  eventsWidened:
    'You took away the last one. That does not stop events: with none chosen, all are sent, including future ones. To stop them, switch the webhook off.',
  eventsOpen: 'Your provider may send types beyond this list. Add one by its name.',
  eventsOther: 'Another event type',
  eventsAdd: 'Add',
  eventsOtherPlaceholder: 'order.paid',
  schema: 'What its data holds',
  sample: 'A sample',
  unsaved: 'You have unsaved changes',
  unsavedNew: 'Not saved yet',
  save: 'Save Settings',
  create: 'Save endpoint',
  discard: 'Discard',
  leaveTitle: 'Leave without saving?',
  leaveAbout: 'The changes on this page are not saved, and are lost when you leave.',
  leave: 'Leave',
  stay: 'Stay',
  changedElsewhere:
    'Somebody else changed this endpoint meanwhile. The page shows the newest version with your changes on top; look once more, then save again.',
  readOnly: 'Your access lets you read here, not change.',
  delete: 'Delete endpoint',
  deleteTitle: 'Delete this endpoint?',
  deleteAbout:
    'Nothing more is sent to it, and what still waits is cancelled. Its deliveries stay in the history. This cannot be undone.',
  deleteConfirm: 'Delete',
};
