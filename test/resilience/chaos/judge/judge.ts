import { contractFacts, type ContractFacts, type ContractName } from '../plan/contract-facts.ts';
import type { PlannedTenant } from '../plan/world.ts';
import type { Broken } from './broken.ts';
import { chainProblems } from './chain-rules.ts';
import type { EndpointHistory } from './endpoint-history.ts';
import type { ChaosFacts, DeliveryFacts } from './facts.ts';

export interface Verdict {
  /** Events answered 202. */
  readonly accepted: number;
  /** Deliveries that a receiver has accepted, and the log says so. */
  readonly delivered: number;
  /** Events, and deliveries that there must be, without a trace or without an end. */
  readonly lost: number;
  /** Requests for an attempt that was made before. */
  readonly duplicated: number;
  /** Attempts in flight at kills (P4). */
  readonly bound: number;
  /** How deliveries ended, by status. */
  readonly ends: Readonly<Record<string, number>>;
  readonly broken: readonly Broken[];
}

/** Holds what is known of a run, once it is over, against the promises. Pure; the same facts, the same verdict. */
export function judge(facts: ChaosFacts, world: readonly PlannedTenant[]): Verdict {
  const broken: Broken[] = [...facts.seen];
  const contracts = new Map(world.map(({ id, contract }) => [id, contract]));
  const lostEvents = judgeEvents(facts, broken);
  const lostDeliveries = judgeMissing(facts, broken);
  const ends: Record<string, number> = {};
  let delivered = 0;
  let unended = 0;
  let duplicated = 0;
  let bound = 0;
  for (const delivery of facts.deliveries.values()) {
    const history = facts.endpoints.get(delivery.endpoint);
    const contract = contractOf(contracts, history?.tenant);
    const before = broken.length;
    for (const [chain, of] of delivery.chains) {
      const problems = chainProblems({ chain, of, delivery, history, contract });
      for (const problem of problems) broken.push(told(facts, delivery, problem));
      if (of.end === undefined) unended += 1;
    }
    for (const problem of deliveryProblems(facts, delivery)) broken.push(told(facts, delivery, problem));
    // One delivery that is wrong in several ways is one example.
    broken.length = Math.min(broken.length, before + 3);
    if ([...delivery.chains.values()].some(({ end }) => end?.decision.kind === 'delivered')) delivered += 1;
    // The log knows nothing of one that was in flight at a kill, and not wanted any more when it came to be repeated.
    if (delivery.latest !== undefined) {
      const end = delivery.latest[1].end?.decision.kind ?? 'pending';
      ends[end] = (ends[end] ?? 0) + 1;
    }
    duplicated += delivery.repeats;
    bound += delivery.mayRepeat;
  }
  judgeAround(facts, broken);
  const accepted = [...facts.events.values()].filter(({ acceptedAt }) => acceptedAt !== undefined).length;
  const lost = lostEvents + lostDeliveries + unended;
  return { accepted, delivered, lost, duplicated, bound, ends, broken };
}

const contractOf = (
  contracts: ReadonlyMap<string, ContractName>,
  tenant: string | undefined,
): ContractFacts | undefined => {
  const name = contracts.get(tenant ?? '');
  return name === undefined ? undefined : contractFacts[name];
};

/** P1: what was answered 202 is in the log, and something became of it. */
function judgeEvents(facts: ChaosFacts, broken: Broken[]): number {
  const met = new Set([...facts.deliveries.values()].map(({ event }) => event));
  let lost = 0;
  for (const [id, { acceptedAt, log, unmatched }] of facts.events) {
    if (acceptedAt === undefined) continue;
    const at = new Date(acceptedAt).toISOString();
    if (log === undefined) {
      lost += 1;
      broken.push({ promise: 'P1', what: `${id} was accepted at ${at} and is not in the log` });
    } else if (!met.has(id) && !unmatched) {
      lost += 1;
      broken.push({
        promise: 'P2',
        what: `${id}, accepted at ${at}, is in the log, and nothing became of it`,
      });
    }
    if (log !== undefined && log.copy !== 1) {
      broken.push({ promise: 'P10', what: `${id}: the log's first content is copy ${log.copy}` });
    }
  }
  return lost;
}

/** Deliveries that there must be: of accepted events, to endpoints that wanted them all the time (R20). */
function judgeMissing(facts: ChaosFacts, broken: Broken[]): number {
  const byTenant = new Map<string, EndpointHistory[]>();
  for (const history of facts.endpoints.values()) {
    byTenant.set(history.tenant, [...(byTenant.get(history.tenant) ?? []), history]);
  }
  let lost = 0;
  for (const [id, { planned, echo, acceptedAt }] of facts.events) {
    if (acceptedAt === undefined) continue;
    for (const history of byTenant.get(planned.tenant) ?? []) {
      const chain = facts.deliveries.get(`${history.id} ${id}`)?.chains.get(0);
      if (chain !== undefined || !history.wantsFrom(echo, planned.type)) continue;
      lost += 1;
      const what = `${id} (${planned.type}) was never attempted at ${facts.pathOf(history.id)}, which wanted it`;
      broken.push({ promise: 'P2', what });
    }
  }
  return lost;
}

function deliveryProblems(facts: ChaosFacts, delivery: DeliveryFacts): Broken[] {
  const problems: Broken[] = [];
  const { event, requests, bodies, copies, mayRepeat, repeats, known } = delivery;
  const published = facts.events.get(event);
  const isTest = [...delivery.chains.values()].every(({ askedBy }) => askedBy === 'test');
  if (repeats > mayRepeat) {
    const what = `${requests.length} requests, ${known} attempts in the log, ${mayRepeat} in flight at kills`;
    problems.push({ promise: 'P4', what });
  }
  if (published === undefined) {
    if (!isTest) problems.push({ promise: 'P10', what: 'nobody published it' });
    return problems;
  }
  if (bodies.size > 1) problems.push({ promise: 'P7', what: `${bodies.size} different bodies were sent` });
  if (published.log !== undefined && bodies.size > 0 && !bodies.has(published.log.hash)) {
    problems.push({ promise: 'P7', what: 'other bytes were sent than the log holds' });
  }
  if ([...copies].some((copy) => copy !== 1)) {
    problems.push({ promise: 'P10', what: `the content of copy ${[...copies].join()} was delivered` });
  }
  return problems;
}

/** What is not of one delivery. */
function judgeAround(facts: ChaosFacts, broken: Broken[]): void {
  for (const { path, event } of facts.nowhere.slice(0, 3)) {
    broken.push({ promise: 'P4', what: `a request for ${event} came to ${path}, where no endpoint is` });
  }
  for (const place of facts.poisoned) {
    if (facts.quarantined.has(place)) continue;
    broken.push({ promise: 'P9', what: `the unreadable record ${place} is not in quarantine` });
  }
  for (const place of facts.quarantined) {
    if (facts.poisoned.has(place)) continue;
    broken.push({ promise: 'P9', what: `${place} is in quarantine, and the run wrote no such record` });
  }
}

/** With everything that is known of the delivery: event, path, requests, log. */
function told(facts: ChaosFacts, delivery: DeliveryFacts, { promise, what }: Broken): Broken {
  const requests = delivery.requests.map(({ at, by, kind }) => `${kind} ${at % 1_000_000} by ${by}`);
  const chains = [...delivery.chains].map(([number, { askedBy, attempts, end }]) => {
    const ended = end === undefined ? 'no end' : `${JSON.stringify(end.decision)} term ${end.term}`;
    return `chain ${number} (${askedBy}) attempts [${[...attempts].join(' ')}] ${ended}`;
  });
  const where = `${delivery.event} to ${facts.pathOf(delivery.endpoint)} (${delivery.endpoint})`;
  const first = requests.slice(0, 12).join(', ');
  return {
    promise,
    what: `${where}: ${what}; requests ${first || 'none'}; log ${chains.join('; ') || 'nothing'}`,
  };
}
