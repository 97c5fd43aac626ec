import { statusAfter, type DecisionKind, type Outcome } from '#domain';
import type { AttemptDetail } from '#log';
import { LinePace, type Logger, type LogLevel } from '#platform';

type OutcomeLevel = Extract<LogLevel, 'debug' | 'info' | 'warn'>;

/** What went as it should is for those who look for it; what did not is said without being asked. */
const levels: Readonly<Record<DecisionKind, OutcomeLevel>> = {
  delivered: 'debug',
  deferred: 'debug',
  retry: 'info',
  held: 'info',
  cancelled: 'info',
  expired: 'warn',
  failed: 'warn',
};

/** So many lines a second of each level: an endpoint that is down for thousands of events must not fill the disk. */
const LINES_PER_SECOND = 20;

/**
 * One wide line per outcome, with every id, what came back and what comes next. Never a URL, a header or a body: those may
 * hold credentials. Above the pace lines are left out, and counted in the next (`omitted`); at the level `debug` none is.
 */
export class OutcomeLines {
  readonly #logger: Logger;
  readonly #isEnabled: Readonly<Record<OutcomeLevel, boolean>>;
  readonly #paces = { info: new LinePace(LINES_PER_SECOND), warn: new LinePace(LINES_PER_SECOND) };

  constructor(logger: Logger) {
    this.#logger = logger;
    const isEnabled = (level: OutcomeLevel) => logger.isLevelEnabled(level);
    this.#isEnabled = { debug: isEnabled('debug'), info: isEnabled('info'), warn: isEnabled('warn') };
  }

  tell(outcome: Outcome, detail: AttemptDetail | null): void {
    const level = levels[outcome.decision.kind];
    if (!this.#isEnabled[level]) return;
    if (this.#isEnabled.debug || level === 'debug') return this.#write(level, outcome, detail, 0);
    const omitted = this.#paces[level].take(outcome.at);
    if (omitted !== undefined) this.#write(level, outcome, detail, omitted);
  }

  #write(level: OutcomeLevel, outcome: Outcome, detail: AttemptDetail | null, omitted: number): void {
    const facts = factsOf(outcome, detail);
    this.#logger[level](omitted === 0 ? facts : { ...facts, omitted }, 'delivery.settled');
  }
}

function factsOf({ ref, attempt, step, term, decision }: Outcome, detail: AttemptDetail | null): object {
  return {
    delivery: ref.deliveryId,
    tenant: ref.tenantId,
    endpoint: ref.endpointId,
    event: ref.eventId,
    type: ref.eventType,
    chain: ref.chain,
    askedBy: ref.askedBy,
    attempt,
    step,
    term,
    status: statusAfter(decision.kind),
    ...decision,
    code: detail?.status ?? null,
    error: detail?.errorClass ?? null,
    ms: detail?.durationMs ?? null,
  };
}
