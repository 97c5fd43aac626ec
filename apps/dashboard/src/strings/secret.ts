export const secretStrings = {
  title: 'Webhook Secret',
  about: (header: string) =>
    `Every request carries ${header}, made with it. Check it before you trust a request.`,
  hidden: 'Hidden',
  show: 'Show the secret',
  hide: 'Hide the secret',
  what: 'secret',
  afterSave: 'Made when you save for the first time. It is shown then.',
  regenerate: 'Regenerate Secret',
  revealAudited: 'Showing it is written to the audit.',
  noReveal:
    'Your access cannot show the secret again. If you have lost it, regenerate it: the new one is shown once.',
  none: 'This endpoint has no secret: its requests are not signed, and anybody could send such requests.',
  fresh: 'This is the new secret. Copy it to your server now.',
  freshFirst: 'This is the secret of your new endpoint. Copy it to your server now.',
  previous: 'Still valid beside it',
  until: 'ends',
  expireNow: 'End now',
  tenantTitle: 'Signed with your app’s secret',
  tenantAbout: (contract: string, header: string) =>
    `${contract} has no secret for webhooks alone. ${header} is made with the secret of your app, the same that signs the tokens of your users (“JWT secret”).`,
  tenantWarning:
    'Whoever sees that secret can make tokens for any of your users, and changing it ends all of them and the signatures here alike. Keep it on servers only. It is not shown on this page.',
  tenantMissing: 'No secret is set for your app yet, so no endpoint can be added. Your provider sets it.',
  publicKey: 'Public key',
  publicKeyAbout: 'Your server checks signatures with this one; it may be known to anybody.',
  dialogTitle: 'Regenerate the secret?',
  dialogAtOnce:
    'The new secret signs from the next request on, waiting retries included. The old one is worth nothing from then on: until your server knows the new one, it will refuse what is sent.',
  dialogOverlap: 'The old secret',
  overlaps: [
    { value: '0', label: 'ends at once', about: 'If it was exposed.' },
    { value: '3600', label: 'signs beside the new one for 1 hour', about: 'Time for a deployment.' },
    { value: '86400', label: 'signs beside the new one for 24 hours', about: 'Time for a careful change.' },
    { value: '604800', label: 'signs beside the new one for 7 days', about: 'The longest.' },
  ],
  dialogNow: 'Each request carries both signatures meanwhile.',
  own: 'Use a secret of your own (optional)',
  ownAbout: (min: number, max: number) =>
    `${String(min)} to ${String(max)} characters. Left empty, a random one is made.`,
  confirm: 'Regenerate Secret',
  revealFailed: 'The secret could not be shown.',
};
