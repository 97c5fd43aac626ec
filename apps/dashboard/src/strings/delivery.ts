import type { Attempt } from '../api/schema.ts';

/** One delivery beside its list. */
export const deliveryWords = {
  title: 'Delivery',
  id: 'Delivery id',
  event: 'Event id',
  endpoint: 'Endpoint',
  occurred: 'Happened',
  accepted: 'Accepted',
  askedBy: 'Asked by',
  askedBys: {
    event: 'the event',
    replay: 'a replay',
    release: 'a release of held deliveries',
    test: 'a test',
  },
  resend: 'Resend',
  resendAbout:
    'Same delivery id, same bytes, signed with the secret of now, with all its attempts. It never disables the endpoint.',
  resendRestamp: 'Resend with a new time',
  resendRestampAbout: (limit: string) =>
    `Your provider’s receivers refuse what is older than ${limit}, so the body is given the time of now. It is not the same bytes then.`,
  resendTest: 'A test event is sent once; send another test.',
  resendForbidden: 'Your access does not include sending again.',
  resent: 'Asked for. The attempts appear below.',
  attempts: 'Attempts',
  noAttempts: 'Nothing was sent yet.',
  attempt: (number: number) => `Attempt ${String(number)}`,
  chain: {
    event: 'From the event',
    replay: 'Sent again',
    release: 'Released',
    test: 'Test',
  } satisfies Record<Attempt['asked_by'], string>,
  results: {
    delivered: 'Delivered',
    retry: 'Will retry',
    failed: 'Failed',
    expired: 'Too old to send',
    held: 'Held: the endpoint is disabled',
    cancelled: 'Cancelled',
  } satisfies Record<Attempt['result'], string>,
  waited: (span: string, tiers: readonly string[]) =>
    tiers.length === 0
      ? `Waits ${span}`
      : `Waits ${span} in ${tiers.map((tier) => `retry.${tier}`).join(', ')}`,
  restamped: 'The body was given a new time.',
  request: 'Request',
  response: 'Response',
  verify: 'Verify this signature',
  sentTo: 'POST',
  headers: 'Headers as sent',
  body: 'Body as sent',
  bodyBytes: (bytes: number) => `${bytes.toLocaleString('en')} bytes`,
  bodyGone: 'The body is not kept any more, or your access does not include reading events.',
  bodyOfTest: 'The body of a test event is not kept: it is the sample of its type, in the contract’s form.',
  bodyWhat: 'body',
  headersWhat: 'headers',
  noResponse: 'No response came.',
  responseHeaders: 'Headers',
  responseBody: 'Body',
  responseEmpty: 'Empty.',
  responseCut: (bytes: number) => `${bytes.toLocaleString('en')} bytes were read; the first 16 KiB are kept.`,
  responseStranger: 'Text of the endpoint, shown as it came and never run.',
  gone: 'There is no such delivery, or it is not kept any more.',
};
