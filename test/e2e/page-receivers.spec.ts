import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createThrowAwayCa, eventually } from '#testkit';
import { samples as events } from '../../demo/samples.ts';
import {
  openReceivers,
  withoutPython,
  type ReceivedRequest,
  type Receivers,
} from '../receivers/receivers.ts';
import { samples, type Language } from '../receivers/samples.ts';
import { allDeliveries } from '../support/all-deliveries.ts';
import { CustomerServer, type Arrival } from '../support/customer-server.ts';
import { makeDataFolder } from '../support/data-folder.ts';
import type { EngineUnderTest } from '../support/engine-under-test.ts';
import { openEngine } from '../support/open-engine.ts';

/** Hyperspell signs with the app's JWT secret: supplied, and never shown again. */
const JWT_SECRET = 'the-jwt-secret-of-the-app';
const uuid = (last: string): string => `a1b2c3d4-0000-4000-8000-${last.padStart(12, '0')}`;
const tenants: Readonly<Record<string, object>> = {
  hyperspell: { attributes: { app: 'demo-app' }, secret: JWT_SECRET },
  hypertune: {},
  hyperleap: {
    attributes: { chatbotId: uuid('a'), chatbotName: 'Support Bot', organizationId: uuid('b') },
  },
  hyprwatch: {},
};

const judges = samples.filter(({ language }) => language === 'node' || !withoutPython);
const pathOf = (provider: string, language: Language): string => `/${provider}/${language}`;
const eventsOf = (provider: string) => events.filter(({ contract }) => contract === provider);
const refusalOf = (provider: string): number => (provider === 'hypertune' ? 403 : 401);
/** One character of the body changed: its length and its JSON stay as they are. */
const flipped = (body: Uint8Array): Uint8Array => {
  const at = Buffer.from(body)
    .toString('latin1')
    .search(/[a-z0-9][^a-z0-9]*$/i);
  return Uint8Array.from(body, (byte, index) => (index === at ? byte ^ 0x01 : byte));
};

describe("the pages' own code behind real servers", () => {
  let certificates: Awaited<ReturnType<typeof makeDataFolder>>;
  let engine: EngineUnderTest;
  let receivers: Receivers;
  const servers = new Map<string, CustomerServer>();
  const secrets = new Map<string, string>();
  /** Somebody on the way changes the first request to each of these paths. */
  const tampered = new Set<string>();

  const judge = (request: Omit<Arrival, 'status'>): Promise<number> => {
    const [, provider = '', language] = request.path.split('/');
    const body = tampered.delete(request.path) ? flipped(request.body) : request.body;
    const asked: ReceivedRequest = {
      headers: request.headers,
      body,
      secret: secrets.get(request.path) ?? '',
    };
    return receivers.verify(provider, language as Language, asked).then(({ status }) => status);
  };

  beforeAll(async () => {
    certificates = await makeDataFolder('pages');
    const ca = await createThrowAwayCa();
    const caFile = join(certificates.path, 'ca.pem');
    await writeFile(caFile, ca.ca);
    const certificate = await ca.issue();
    receivers = await openReceivers();
    engine = await openEngine('pages', {
      HYPERHOOK_TIME_SCALE: '0.01',
      HYPERHOOK_EXTRA_CA_FILE: caFile,
    });
    for (const [provider, about] of Object.entries(tenants)) {
      const server = new CustomerServer(judge, provider === 'hyperleap' ? certificate : undefined);
      servers.set(provider, server);
      const url = await server.open();
      await engine.must('POST', '/tenants', { id: provider, name: provider, contract: provider, ...about });
      for (const { language } of judges.filter((one) => one.provider === provider)) {
        const path = pathOf(provider, language);
        const made = await engine.must<{ secret?: string | null }>('POST', `/webhooks?tenant=${provider}`, {
          url: url + path,
        });
        secrets.set(path, made.secret ?? JWT_SECRET);
      }
    }
  }, 180_000);

  afterAll(async () => {
    await engine?.remove();
    await Promise.all([...servers.values()].map((server) => server.close()));
    await receivers?.close();
    await certificates?.remove();
  }, 180_000);

  const arrivalsAt = (provider: string, language: Language): readonly Arrival[] =>
    servers.get(provider)?.at(pathOf(provider, language)) ?? [];

  it.each(Object.keys(tenants))(
    '%s: accept every sample event of the page, as delivered',
    async (provider) => {
      const wanted = eventsOf(provider);
      for (const { id, type, occurredAt, data } of wanted) {
        const event = { id, tenant: provider, type, occurred_at: occurredAt, data };
        await engine.must('POST', '/events', event);
      }
      const languages = judges.filter((one) => one.provider === provider).map(({ language }) => language);
      await eventually(async () => {
        const all = await allDeliveries(engine, `tenant=${provider}`);
        expect(all).toHaveLength(wanted.length * languages.length);
        for (const one of all) expect(one).toMatchObject({ status: 'delivered', attempts: 1 });
      }, 20_000);
      for (const language of languages) {
        const arrivals = arrivalsAt(provider, language);
        expect(arrivals).toHaveLength(wanted.length);
        for (const { status } of arrivals) expect(status).toBe(provider === 'hypertune' ? 204 : 200);
        for (const { headers, method } of arrivals) {
          expect([method, headers['content-type']]).toEqual(['POST', 'application/json']);
        }
      }
    },
  );

  describe.each(judges.map(({ provider, language }) => [provider, language] as const))(
    '%s in %s',
    (provider, language) => {
      it('rejects each of these requests once its body, its signature or its secret is another', async () => {
        const arrivals = arrivalsAt(provider, language).slice(0, eventsOf(provider).length);
        expect(arrivals.length).toBeGreaterThan(0);
        const secret = secrets.get(pathOf(provider, language)) ?? '';
        const name = Object.keys(arrivals[0]?.headers ?? {}).find((one) => one.endsWith('-signature')) ?? '';
        for (const { headers, body } of arrivals) {
          const verdict = async (change: Partial<ReceivedRequest>) =>
            (await receivers.verify(provider, language, { headers, body, secret, ...change })).status;
          const signature = headers[name] ?? '';
          const forged = {
            ...headers,
            [name]: signature.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
          };
          expect(await verdict({})).toBeLessThan(300);
          expect(await verdict({ headers: forged })).toBe(refusalOf(provider));
          expect(await verdict({ secret: `${secret}x` })).toBe(refusalOf(provider));
          expect(await verdict({ body: flipped(body) })).toBe(refusalOf(provider));
        }
      });

      it('refuses a request that was changed on its way, and accepts it when it is sent again', async () => {
        const before = arrivalsAt(provider, language).length;
        tampered.add(pathOf(provider, language));
        const [event] = eventsOf(provider);
        await engine.must('POST', '/events', { tenant: provider, type: event?.type, data: event?.data });
        await eventually(() => {
          const [refused, accepted, ...others] = arrivalsAt(provider, language).slice(before);
          expect(refused?.status).toBe(refusalOf(provider));
          expect(accepted?.status).toBeLessThan(300);
          expect(accepted?.body).toEqual(refused?.body);
          expect(others).toEqual([]);
        }, 20_000);
      });
    },
  );
});
