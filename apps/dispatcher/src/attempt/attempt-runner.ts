import {
  decideAfterAttempt,
  decideBeforeAttempt,
  decideDeferral,
  type AttemptMoment,
  type EndpointState,
  type TenantState,
} from '#domain';
import type { Contract } from '#contracts';
import type { FollowedControl } from '#control';
import type { AttemptDetail } from '#log';
import { NotStarted, type AttemptReport, type Sender, type SendRequest } from '#webhook-http';
import type { AttemptMaker, DeliveryTask } from './delivery-task.ts';
import type { PreparedEndpoints } from './prepared-endpoints.ts';
import type { Settlement } from './settlement.ts';

export interface AttemptWorld {
  readonly control: FollowedControl;
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly prepared: PreparedEndpoints;
  readonly sender: Sender;
  readonly settlement: Settlement;
  readonly timeScale: number;
  /** Epoch ms by the log's clock. */
  readonly now: () => number;
}

interface Addressee {
  readonly endpoint: EndpointState;
  readonly tenant: TenantState;
  readonly contract: Contract;
}

interface PreparedRequest {
  readonly request: SendRequest;
  /** What the outcome keeps of its headers: without the values that a customer set, which may be credentials. */
  readonly shownHeaders: Readonly<Record<string, string>>;
}

/** Makes one attempt: what stands in its way, the request, what comes next. Deciding is the domain's. */
export class AttemptRunner implements AttemptMaker {
  readonly #world: AttemptWorld;

  constructor(world: AttemptWorld) {
    this.#world = world;
  }

  /**
   * Resolves when the outcome is durable: until then the attempt is in flight, for a crash would repeat it, and what may
   * be repeated is what has a slot (P4, R17). The successor becomes durable behind (Settlement). False: nothing was sent.
   */
  async run(task: DeliveryTask): Promise<boolean> {
    const { settlement } = this.#world;
    for (;;) {
      // R9: a POST that nobody may make any more leaves its record undone for the next owner. A lane starts nothing while
      // the heartbeat is late; should it become so between its look and the request, the attempt waits in its slot.
      if (!(task.desk.mayAct() || (await task.desk.whenMayAct())) || settlement.isOvertaken(task))
        return false;
      try {
        return await this.#make(task);
      } catch (error) {
        if (!(error instanceof NotStarted)) throw error;
      }
    }
  }

  async #make(task: DeliveryTask): Promise<boolean> {
    const { control, contracts, settlement, now } = this.#world;
    const { table } = control;
    const endpoint = table.endpoint(task.ref.endpointId);
    const tenant = table.tenant(task.ref.tenantId);
    if (endpoint === undefined || tenant === undefined) {
      const reason = tenant === undefined ? 'tenant_deleted' : 'endpoint_deleted';
      void settlement.settle(task, { kind: 'cancelled', reason }, endpoint?.term ?? 0, null);
      return false;
    }
    const contract = contracts.get(tenant.contract);
    if (contract === undefined) {
      settlement.postpone(task, `contract ${tenant.contract}`);
      return false;
    }

    const startedAt = now();
    const moment = this.#moment(task, startedAt);
    const obstacle = decideBeforeAttempt(contract.policy, moment, endpoint);
    if (obstacle !== undefined) {
      void settlement.settle(task, obstacle, endpoint.term, null);
      return false;
    }
    task.desk.begin();
    try {
      const { result, detail } = await this.#send(task, { endpoint, tenant, contract }, startedAt);
      // One reading of the clock: what comes next is due so long after the moment that the outcome tells.
      const endedAt = now();
      const decision = decideAfterAttempt(contract.policy, this.#moment(task, endedAt), result);
      await settlement.settle(task, decision, endpoint.term, detail, null, endedAt);
      return true;
    } finally {
      task.desk.end();
    }
  }

  async #send(
    task: DeliveryTask,
    to: Addressee,
    startedAt: number,
  ): Promise<{ readonly result: AttemptReport['result']; readonly detail: AttemptDetail }> {
    const { url, id } = to.endpoint;
    try {
      const { request, shownHeaders } = this.#request(task, to, startedAt);
      const report = await this.#world.sender.send(request);
      return { result: report.result, detail: detailOf(report, url, shownHeaders) };
    } catch (error) {
      if (error instanceof NotStarted) throw error;
      // A secret that this installation cannot open, say: one endpoint's trouble, to its schedule's end (P8).
      const detail = neverSent(error, url, startedAt);
      task.desk.signals.alert('attempt_not_made', { endpoint: id, error: detail.message });
      return { result: { kind: 'error', errorClass: 'invalid_request' }, detail };
    }
  }

  /** Signed now, with the secret of now (DESIGN §7, step 3). */
  #request(task: DeliveryTask, to: Addressee, at: number): PreparedRequest {
    const { endpoint, tenant, contract } = to;
    const { target, signer, headers } = this.#world.prepared.for(endpoint, tenant, contract, at);
    const { eventId, eventType, deliveryId } = task.ref;
    const body = task.body();
    const signed = signer.headers({
      eventId,
      eventType,
      deliveryId,
      body,
      atSeconds: Math.floor(at / 1_000),
    });
    const request: SendRequest = {
      target,
      headers: headers === null ? signed : { ...headers.sent, ...signed },
      body,
      hop: task.ref.hop,
      timeoutMs: contract.policy.timeoutMs,
      mayStart: () => task.desk.mayAct(),
    };
    return { request, shownHeaders: headers === null ? signed : { ...headers.shown, ...signed } };
  }

  /** P8, R18: steps aside without using an attempt. False: its time would run out; it keeps its place. */
  defer(task: DeliveryTask, delayMs: number): boolean {
    const { control, contracts, settlement, now } = this.#world;
    const tenant = control.table.tenant(task.ref.tenantId);
    const contract = tenant === undefined ? undefined : contracts.get(tenant.contract);
    const endpoint = control.table.endpoint(task.ref.endpointId);
    // R9: stepping aside is a placement, and its outcome a promise of one. It keeps its place until it may act again.
    if (!task.desk.mayAct()) return false;
    // What cannot be sent anyway is settled at its turn, which takes no time.
    if (contract === undefined || endpoint === undefined || endpoint.status !== 'active') return false;
    const at = now();
    const deferredSince = task.deferredSince ?? at;
    const decision = decideDeferral(contract.policy, this.#moment(task, at), { delayMs, deferredSince });
    if (decision === undefined) return false;
    void settlement.settle(task, decision, endpoint.term, null, deferredSince);
    return true;
  }

  #moment(task: DeliveryTask, at: number): AttemptMoment {
    return { ref: task.ref, attempt: task.number, step: task.step, at, timeScale: this.#world.timeScale };
  }
}

function detailOf(
  report: AttemptReport,
  url: string,
  headers: Readonly<Record<string, string>>,
): AttemptDetail {
  const answered = report.status !== null;
  return {
    startedAt: report.startedAt,
    durationMs: report.durationMs,
    requestHeaders: headers,
    url,
    status: report.status,
    errorClass: report.errorClass,
    message: report.message,
    responseHeaders: report.responseHeaders,
    responseBody: answered ? Buffer.from(report.responseBody).toString('base64') : null,
    responseBytes: answered ? report.responseBytes : null,
    responseTruncated: report.responseTruncated,
  };
}

function neverSent(error: unknown, url: string, startedAt: number): AttemptDetail {
  return {
    startedAt,
    durationMs: 0,
    requestHeaders: {},
    url,
    status: null,
    errorClass: 'invalid_request',
    message: `the request could not be made: ${error instanceof Error ? error.message : String(error)}`,
    responseHeaders: null,
    responseBody: null,
    responseBytes: null,
    responseTruncated: false,
  };
}
