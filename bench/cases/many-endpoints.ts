import { randomBytes, randomUUID } from 'node:crypto';
import type { ControlFact } from '#domain';
import { encodeControl, type Log, type NewRecord } from '#log';
import { costByRole } from '../machine/process-cost.ts';
import type { StagedCase } from './case.ts';
import type { Figure } from './case-result.ts';
import { quiet } from './quiet.ts';

const ENDPOINTS = 100_000;
const PER_TENANT = 100;
const PER_APPEND = 1_000;

export const manyEndpoints: StagedCase = {
  name: 'endpoints',
  title: `start with ${ENDPOINTS.toLocaleString('en-GB')} endpoints in the control table`,
  isAlone: true,
  async run({ target, options: { runs } }, say) {
    await target.withLog(fill);
    await quiet(target);
    const seconds = new Map<string, number[]>();
    const mebibytes = new Map<string, number[]>();
    for (let run = 0; run < runs; run += 1) {
      for (const one of target.processes) {
        await one.stop();
        const began = performance.now();
        await one.start();
        seconds.set(one.app, [...(seconds.get(one.app) ?? []), (performance.now() - began) / 1_000]);
        const resident = (await costByRole()).get(one.app)?.residentBytes ?? Number.NaN;
        mebibytes.set(one.app, [...(mebibytes.get(one.app) ?? []), Math.round(resident / 2 ** 20)]);
        say(
          `  ${one.app}: ready after ${seconds.get(one.app)?.at(-1)?.toFixed(2)} s, ${mebibytes.get(one.app)?.at(-1)} MiB`,
        );
      }
    }
    const figures = (unit: string, of: ReadonlyMap<string, number[]>): Figure[] =>
      [...of].map(([name, values]) => ({ name: `${name} ready`, unit, values }));
    return {
      case: 'endpoints',
      title: manyEndpoints.title,
      rate: null,
      engine: [],
      bareLoop: [],
      figures: [...figures('s', seconds), ...figures('MiB', mebibytes)],
    };
  },
};

/** As admin would have written them. */
async function fill(log: Log): Promise<void> {
  let records: NewRecord[] = [];
  for (let n = 0; n < ENDPOINTS; n += 1) {
    const tenantId = `many-${Math.floor(n / PER_TENANT)}`;
    if (n % PER_TENANT === 0) records.push(recordOf(tenantCreated(tenantId)));
    records.push(recordOf(endpointCreated(tenantId, n)));
    if (records.length < PER_APPEND && n < ENDPOINTS - 1) continue;
    await log.append(records);
    records = [];
  }
}

const recordOf = (fact: ControlFact): NewRecord => ({
  topic: 'control',
  partition: 0,
  ...encodeControl({ factId: randomUUID(), actor: 'key:root', fact }),
});

const tenantCreated = (tenantId: string): ControlFact => ({
  type: 'tenant.created',
  tenantId,
  version: 1,
  at: Date.now(),
  name: tenantId,
  contract: 'standard-webhooks',
  attributes: {},
  secret: null,
  entitled: true,
});

const endpointCreated = (tenantId: string, n: number): ControlFact => ({
  type: 'endpoint.created',
  endpointId: `wh_${String(n).padStart(22, '0')}`,
  tenantId,
  version: 1,
  at: Date.now(),
  settings: { url: `https://hooks.example.com/${n}`, events: ['invoice.paid'], description: '', headers: {} },
  // As long as one that was sealed.
  secrets: [{ sealed: `k1.${randomBytes(78).toString('base64url')}`, until: null }],
  active: true,
});
