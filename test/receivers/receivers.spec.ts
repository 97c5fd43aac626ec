import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  contractSample,
  createSigner,
  deliveryIdOf,
  fillSlot,
  loadContracts,
  renderEvent,
  restampBody,
  shippedContractsDirectory,
} from '#contracts';
import { openReceivers, withoutPython, type ReceivedRequest, type Receivers } from './receivers.ts';
import { samples } from './samples.ts';

const contracts = loadContracts([shippedContractsDirectory()]);
const secret = 'whsec_QmUgcmVhZHkgdG8gcmVjZWl2ZSB3ZWJob29rcyE=';
const present = samples.filter((sample) => sample.language === 'node' || !withoutPython);

const contractOf = (provider: string) => {
  const contract = contracts.get(provider);
  if (contract === undefined) throw new Error(`no contract ${provider}`);
  return contract;
};

/** What we would send for the sample event of a type. */
function request(provider: string, type: string, key = secret, options = {}): ReceivedRequest {
  const contract = contractOf(provider);
  const attributes = Object.fromEntries(contract.attributes.map((each) => [each.name, each.example]));
  const input = { id: null, type, occurredAt: null, data: contractSample(contract, type) };
  const event = renderEvent(contract, { attributes }, input, { now: Date.now(), random: new Uint8Array(32) });
  const deliveryId = deliveryIdOf('t_1', event.eventId, 'wh_1');
  const body = fillSlot(event.body, event.slot, deliveryId);
  return { headers: sign(provider, body, key, { ...options, type, deliveryId }), body, secret };
}

function sign(
  provider: string,
  body: Uint8Array,
  key: string,
  { type = 'x', deliveryId = 'x', ...options } = {},
) {
  const asked = { eventId: 'evt_1', eventType: type, deliveryId, body, atSeconds: 1 };
  return createSigner(contractOf(provider), [key], options).headers(asked);
}

const signatureName = (provider: string) => contractOf(provider).signature.header;
const firstType = (provider: string) => [...contractOf(provider).eventTypes.keys()][0] ?? '';

const everyEvent = present.flatMap(({ provider, language }) =>
  [...contractOf(provider).eventTypes.keys()].map((type) => [provider, language, type] as const),
);
const python = withoutPython ? [] : ['python' as const];

if (withoutPython) {
  process.stderr.write('HYPERHOOK_WITHOUT_PYTHON=1: the Python code of three pages judges nothing here\n');
}

describe("the pages' own code", () => {
  let receivers: Receivers;
  beforeAll(async () => {
    receivers = await openReceivers();
  });
  afterAll(() => receivers.close());

  it.each(everyEvent)('%s in %s accepts %s', async (provider, language, type) => {
    const verdict = { accepted: true, status: provider === 'hypertune' ? 204 : 200 };
    expect(await receivers.verify(provider, language, request(provider, type))).toEqual(verdict);
    const beside = request(provider, type, secret, { standardWebhooks: true });
    expect(await receivers.verify(provider, language, beside)).toEqual(verdict);
  });

  describe.each(present.map(({ provider, language }) => [provider, language] as const))(
    '%s in %s rejects',
    (provider, language) => {
      const made = request(provider, firstType(provider));
      const refusal = { accepted: false, status: provider === 'hypertune' ? 403 : 401 };

      it('a body that was changed in one byte', async () => {
        const at = Buffer.from(made.body).indexOf(firstType(provider));
        const body = Uint8Array.from(made.body, (byte, index) => (index === at ? byte ^ 0x20 : byte));
        expect(await receivers.verify(provider, language, { ...made, body })).toEqual(refusal);
      });

      it('a request that was signed with another secret', async () => {
        const forged = request(provider, firstType(provider), 'another-secret');
        expect(await receivers.verify(provider, language, forged)).toEqual(refusal);
      });

      it('a signature of the right length that is wrong', async () => {
        const name = signatureName(provider);
        const wrong = (made.headers[name] ?? '').replace(/.$/, (last) => (last === '0' ? '1' : '0'));
        const headers = { ...made.headers, [name]: wrong };
        expect(await receivers.verify(provider, language, { ...made, headers })).toEqual(refusal);
      });

      it('a request without a signature', async () => {
        const { [signatureName(provider)]: _, ...headers } = made.headers;
        const { accepted } = await receivers.verify(provider, language, { ...made, headers });
        expect(accepted).toBe(false);
      });
    },
  );

  for (const language of python)
    it('HS-10: Hyperspell refuses what is older than 300 s, and takes it restamped', async () => {
      const contract = contractOf('hyperspell');
      const old = request('hyperspell', 'index-completed');
      const stamped = (at: number): ReceivedRequest => {
        const body = restampBody(contract, old.body, at);
        return { body, headers: sign('hyperspell', body, secret), secret };
      };
      const verdict = (at: number) => receivers.verify('hyperspell', language, stamped(at));
      expect(await verdict(Date.now() - 310_000)).toEqual({ accepted: false, status: 401 });
      expect(await verdict(Date.now() - 280_000)).toEqual({ accepted: true, status: 200 });
    });

  for (const language of python)
    it('HS-5, HS-12: the page validates the body before the signature: a missing null is 422', async () => {
      const body = Buffer.from(
        `{"event":"index-started","app":"a","source":"s","timestamp":${Math.floor(Date.now() / 1_000)}}`,
      );
      const without = { body, headers: sign('hyperspell', body, secret), secret };
      expect(await receivers.verify('hyperspell', language, without)).toEqual({
        accepted: false,
        status: 422,
      });
    });

  for (const language of python)
    it("HS-12: a request without a signature makes the page's code throw", async () => {
      const bare = {
        ...request('hyperspell', 'index-started'),
        headers: { 'Content-Type': 'application/json' },
      };
      expect((await receivers.verify('hyperspell', language, bare)).status).toBe(500);
    });

  it('HT-11, HT-12: Hypertune tells a missing signature (401) from a bad one (403)', async () => {
    const made = request('hypertune', 'NEW_COMMIT');
    const verdict = async (headers: Record<string, string>) =>
      (await receivers.verify('hypertune', 'node', { ...made, headers })).status;
    expect(await verdict({})).toBe(401);
    expect(await verdict({ 'X-Hypertune-Signature': 'short' })).toBe(403);
  });

  it('HT-12: the page decodes the body before it checks: what is no UTF-8 can never be accepted', async () => {
    const body = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]);
    const signed = { body, headers: sign('hypertune', body, secret), secret };
    expect(await receivers.verify('hypertune', 'node', signed)).toEqual({ accepted: false, status: 403 });
  });

  it.each([
    ['HL-21', 'hyperleap'],
    ['HW-17', 'hyprwatch'],
  ])(
    '%s: the Node code of %s throws for a signature of another length, so ours always has its full length',
    async (_, provider) => {
      const made = request(provider, firstType(provider));
      const name = signatureName(provider);
      expect(made.headers[name]).toHaveLength('sha256='.length + 64);
      const headers = { ...made.headers, [name]: 'sha256=' };
      expect(await receivers.verify(provider, 'node', { ...made, headers })).toEqual({
        accepted: false,
        status: 500,
      });
    },
  );

  it('refuses to speak for code that no page shows', async () => {
    const made = request('hypertune', 'NEW_COMMIT');
    await expect(receivers.verify('hypertune', 'python', made)).rejects.toThrow('shows no python code');
  });
});

describe('where FastAPI and pydantic are not installed', () => {
  for (const language of python)
    it('Hyperspell judges alike', async () => {
      const receivers = await openReceivers({ shims: true });
      try {
        const made = request('hyperspell', 'index-completed');
        const verdict = (change: Partial<ReceivedRequest>) =>
          receivers.verify('hyperspell', language, { ...made, ...change });
        expect(await verdict({})).toEqual({ accepted: true, status: 200 });
        expect(await verdict({ secret: 'another-secret' })).toEqual({ accepted: false, status: 401 });
        expect((await verdict({ body: Buffer.from('{"event":1}') })).status).toBe(422);
        expect((await verdict({ body: Buffer.from('{') })).status).toBe(422);
      } finally {
        await receivers.close();
      }
    });
});
