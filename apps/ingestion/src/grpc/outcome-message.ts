import { problemMessage, type ProblemMessage } from '#grpc-edge';
import { problemUnder, type ProblemAnswer } from '#http-edge';
import type { Accepted } from '../accept/event-acceptor.ts';

/** hyperhook.v1.Accepted */
export interface AcceptedMessage {
  readonly id: string;
  readonly status: 'PUBLISH_STATUS_ACCEPTED' | 'PUBLISH_STATUS_DUPLICATE';
}

/** hyperhook.v1.PublishOutcome: one of the two. */
export type OutcomeMessage = { readonly accepted: AcceptedMessage } | { readonly problem: ProblemMessage };

const statuses = {
  accepted: 'PUBLISH_STATUS_ACCEPTED',
  duplicate: 'PUBLISH_STATUS_DUPLICATE',
} as const;

export function acceptedMessage({ id, status }: Accepted): AcceptedMessage {
  return { id, status: statuses[status] };
}

/** `under`: where in the request the event stands. */
export function refusedUnder(under: string, answer: ProblemAnswer): ProblemAnswer {
  return { ...answer, problem: problemUnder(under, answer.problem) };
}

export function refusedMessage(under: string, answer: ProblemAnswer): OutcomeMessage {
  return { problem: problemMessage(refusedUnder(under, answer)) };
}
