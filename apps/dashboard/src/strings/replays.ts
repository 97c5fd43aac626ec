import type { Replay } from '../api/schema.ts';

export const replayStrings = {
  title: 'Replays',
  about: 'Jobs that send many deliveries again.',
  noneTitle: 'No replays yet',
  noneAbout: 'After an outage, “Recover failed” on the page of an endpoint sends what failed once more.',
  recoverFailed: 'Recover failed',
  replayMissed: 'Replay missed',
  failedTitle: 'Recover failed deliveries',
  failedAbout:
    'Sends what failed or expired since then once more: same delivery ids, same bytes, signed with the secret of now.',
  missedTitle: 'Replay missed events',
  missedAbout:
    'Sends events that this endpoint would want and was never sent: they came before it was there, before it subscribed to them, or while it was off.',
  since: 'Since',
  from: 'from',
  windows: [
    { value: '1', label: 'Last hour' },
    { value: '8', label: 'Last 8 hours' },
    { value: '24', label: 'Last 24 hours' },
    { value: '72', label: 'Last 3 days' },
    { value: '168', label: 'Last 7 days' },
  ],
  counting: 'Counting …',
  count: (count: number) =>
    count === 0
      ? 'There is nothing to send.'
      : count === 1
        ? '1 delivery will be sent.'
        : `${count.toLocaleString('en')} deliveries will be sent.`,
  behind: 'History is catching up; there may be more.',
  restamp: 'Give the bodies a new time, where they are too old for your provider’s receivers.',
  start: 'Start',
  startMany: (count: number) => `Send ${count.toLocaleString('en')}`,
  skipped: 'Skipped',
  skips: {
    webhook_deleted: 'its endpoint was deleted',
    webhook_inactive: 'its endpoint is off or disabled',
    event_gone: 'the event is not kept any more',
    too_old: 'too old for the receivers',
    not_fanned_out: 'not known yet to whom it went',
    changed_meanwhile: 'changed meanwhile',
  } as Readonly<Record<string, string>>,
  states: {
    running: 'Running',
    paused: 'Paused',
    cancelled: 'Stopped',
    finished: 'Finished',
  } satisfies Record<Replay['state'], string>,
  whats: {
    failed: 'Failed deliveries',
    deliveries: 'Deliveries',
    missed: 'Missed events',
    held: 'Held deliveries',
  } satisfies Record<Replay['what'], string>,
  actions: { replay: 'sent again', release: 'released', discard: 'discarded' } satisfies Record<
    Replay['action'],
    string
  >,
  progress: (done: number, total: number) => `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`,
  rate: (rate: number) => `${String(rate)} a second`,
  eta: (span: string) => `${span} left`,
  pause: 'Pause',
  resume: 'Go on',
  cancel: 'Stop',
  cancelTitle: 'End this replay?',
  cancelAbout: (remaining: number) =>
    `${remaining.toLocaleString('en')} that it has not looked at are not sent. What was sent is sent, and it cannot be resumed.`,
  keep: 'Let it run',
  end: 'End it',
};
