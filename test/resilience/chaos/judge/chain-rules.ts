import { assertNever, type Decision } from '#domain';
import type { ContractFacts } from '../plan/contract-facts.ts';
import type { Broken } from './broken.ts';
import type { EndpointHistory } from './endpoint-history.ts';
import { lastDecided, type ChainFacts, type DeliveryFacts } from './facts.ts';

export interface JudgedChain {
  readonly chain: number;
  readonly of: ChainFacts;
  readonly delivery: DeliveryFacts;
  readonly history: EndpointHistory | undefined;
  readonly contract: ContractFacts | undefined;
}

/** What is wrong with one chain of attempts, once all is over. */
export function chainProblems(judged: JudgedChain): readonly Broken[] {
  const { chain, of, history, contract } = judged;
  if (history === undefined || contract === undefined) {
    return [{ promise: 'P9', what: `chain ${chain} is of an endpoint that nobody made` }];
  }
  const problems: Broken[] = [];
  if (of.end === undefined) problems.push({ promise: 'P2', what: `chain ${chain} has no end: pending` });
  const missing = Array.from({ length: lastDecided(of) - 1 }, (_, n) => n + 1).find(
    (attempt) => !of.attempts.has(attempt),
  );
  if (missing !== undefined)
    problems.push({ promise: 'P3', what: `chain ${chain} left out attempt ${missing}` });
  const allowed = of.askedBy === 'test' ? 1 : contract.attempts;
  if (Math.max(0, ...of.attempts) > allowed) {
    problems.push({ promise: 'P3', what: `chain ${chain} has more than ${allowed} attempts` });
  }
  if (of.end !== undefined) problems.push(...endProblems(judged, history, contract, allowed));
  return problems;
}

function endProblems(
  { chain, of, delivery }: JudgedChain,
  history: EndpointHistory,
  contract: ContractFacts,
  allowed: number,
): Broken[] {
  const { end } = of;
  if (end === undefined) return [];
  const { decision, term, attempt } = end;
  const wrong = (promise: string, what: string): Broken[] => [
    { promise, what: `chain ${chain} ended ${decision.kind}${reasonOf(decision)}, but ${what}` },
  ];
  switch (decision.kind) {
    case 'delivered': {
      const chains = [...delivery.chains.values()].filter((one) => one.end?.decision.kind === 'delivered');
      return delivery.accepted < chains.length ? wrong('P2', 'no receiver accepted it') : [];
    }
    case 'failed':
      return [
        ...failedProblems(decision, { attempts: of.attempts.size, allowed, delivery, contract, wrong }),
        ...(decision.disables && history.now?.status === 'active' && history.now.term === term
          ? wrong('P6', `its endpoint is active in term ${term} all the same`)
          : []),
      ];
    case 'expired':
      return contract.expires ? [] : wrong('P3', 'its contract knows no age');
    case 'held': {
      if (!history.failedIn(term)) return wrong('P6', `its endpoint was not disabled in term ${term}`);
      const choice = history.choiceAfter(term);
      // What was asked for since has a chain of its own, and is judged by that.
      const isLatest = delivery.latest?.[0] === chain;
      const isSettled = choice === undefined || choice === 'keep' || !isLatest;
      return isSettled
        ? []
        : wrong('P6', `the endpoint was enabled with ${choice}, and it is held to this day`);
    }
    case 'cancelled':
      return cancelledProblems(decision, history, wrong);
    case 'retry':
    case 'deferred':
      return wrong('P3', `attempt ${attempt} is no end`);
    default:
      return assertNever(decision);
  }
}

type Wrong = (promise: string, what: string) => Broken[];

function failedProblems(
  decision: Extract<Decision, { kind: 'failed' }>,
  of: { attempts: number; allowed: number; delivery: DeliveryFacts; contract: ContractFacts; wrong: Wrong },
): Broken[] {
  const { attempts, allowed, delivery, contract, wrong } = of;
  switch (decision.reason) {
    case 'attempts_exhausted':
      return attempts === allowed ? [] : wrong('P3', `after ${attempts} of ${allowed} attempts`);
    case 'gone': {
      const wasGone = delivery.requests.some(({ kind }) => kind === 'gone');
      return contract.goneDisables && wasGone ? [] : wrong('P3', 'nobody answered 410');
    }
    case 'overload':
      return wrong('P8', 'nothing waited for a day');
    default:
      return assertNever(decision.reason);
  }
}

function cancelledProblems(
  { reason }: Extract<Decision, { kind: 'cancelled' }>,
  history: EndpointHistory,
  wrong: Wrong,
): Broken[] {
  switch (reason) {
    case 'endpoint_deleted':
      return history.wasDeleted ? [] : wrong('P3', 'its endpoint was not deleted');
    case 'endpoint_off':
      return history.wasOff ? [] : wrong('P3', 'its endpoint was never off');
    case 'discarded':
      return history.hasDiscarded ? [] : wrong('P6', 'nobody chose to discard');
    case 'tenant_deleted':
      return wrong('P3', 'no tenant was deleted');
    default:
      return assertNever(reason);
  }
}

const reasonOf = (decision: Decision): string => ('reason' in decision ? ` (${decision.reason})` : '');
