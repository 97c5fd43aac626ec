/** One endpoint's own page, beside its settings. */
export const endpointStrings = {
  settings: 'Settings',
  facts: 'How it is sent',
  id: 'Id',
  created: 'Created',
  headers: 'Extra headers',
  success: 'Success',
  timeout: 'Timeout',
  retries: 'Retries after',
  noRetries: 'None',
  attemptsUpTo: (count: number) => `up to ${String(count)} attempts`,
  maxAge: 'Too old after',
  limits: 'Limits',
  perSecond: (count: number) => `${String(count)} a second`,
  concurrency: (count: number) => `${String(count)} at once`,
  testTitle: 'Send a test event',
  testAbout: 'A sample of the chosen type, sent once. It does not count for the health of the endpoint.',
  testType: 'Event type',
  testSend: 'Send Test Event',
  testDirty: 'Save your changes first: a test goes to what is saved.',
  testDone: 'Delivered',
  testFailed: 'Not accepted',
  testPending: 'No answer yet. The delivery below will show it.',
  testDetails: 'Show the delivery',
  testIn: 'in',
  failedTitle: 'Disabled by the engine',
  failedReasons: {
    attempts_exhausted: 'All attempts of a delivery failed.',
    gone: 'It answered 410 Gone, which says that nobody wants these events any more.',
  },
  /** Null: it cannot be read now. */
  failedHeld: (count: number | null) =>
    count === null
      ? 'How many deliveries are held cannot be read now.'
      : count === 0
        ? 'Nothing is held.'
        : count === 1
          ? '1 delivery is held until you decide.'
          : `${String(count)} deliveries are held until you decide.`,
  failedLast: 'What it answered last:',
  enableRelease: (count: number | null) =>
    count === null
      ? 'Enable and send what is held'
      : count === 0
        ? 'Enable'
        : `Enable and send ${String(count)} held`,
  enableDiscard: 'Enable and discard what is held',
  enableKeep: 'Enable, decide later',
  heldTitle: (count: number) => (count === 1 ? '1 delivery is held' : `${String(count)} deliveries are held`),
  heldAbout: 'What came while the endpoint was disabled was left for you to decide.',
  heldShow: 'Show what is held',
  release: 'Send what is held',
  discard: 'Discard what is held',
  discardTitle: 'Discard what is held?',
  discardAbout: 'What is held becomes cancelled. Each delivery can still be sent again by hand.',
  discardConfirm: 'Discard',
  more: 'More',
  gone: 'There is no such endpoint. It may have been deleted.',
};
