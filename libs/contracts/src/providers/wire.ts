import {
  contractSample,
  createSigner,
  deliveryIdOf,
  fillSlot,
  jsonOf,
  loadContracts,
  PublishRejected,
  renderEvent,
  shippedContractsDirectory,
  type Contract,
  type EventInput,
  type JsonNode,
  type PublishProblem,
} from '../index.ts';

export const shipped = loadContracts([shippedContractsDirectory()]);

/** 2024-01-15T10:35:00.789Z: the fraction shows who rounds. */
export const NOON = Date.UTC(2024, 0, 15, 10, 35, 0, 789);

export const deliveryId = deliveryIdOf('t_1', 'evt_1', 'wh_1');

type Asked = Partial<Omit<EventInput, 'data'>> & { readonly type: string; readonly data?: JsonNode | object };

/** A provider as its specs speak of it: publish something, look at the bytes and headers that would be sent. */
export function wireOf(contract: Contract) {
  const attributes = Object.fromEntries(contract.attributes.map((each) => [each.name, each.example]));
  const render = ({ id = null, type, occurredAt = null, data = contractSample(contract, type) }: Asked) => {
    const node = 'compact' in data ? data : jsonOf(data);
    const random = Uint8Array.from({ length: 32 }, (_, index) => index);
    return renderEvent(contract, { attributes }, { id, type, occurredAt, data: node }, { now: NOON, random });
  };
  const body = (asked: Asked) => {
    const event = render(asked);
    return Buffer.from(fillSlot(event.body, event.slot, deliveryId)).toString();
  };
  return {
    contract,
    attributes,
    render,
    body,
    json: (asked: Asked) => JSON.parse(body(asked)) as Record<string, unknown>,
    /** What it is refused for. */
    problems(asked: Asked): readonly PublishProblem[] {
      try {
        render(asked);
        return [];
      } catch (error) {
        if (error instanceof PublishRejected) return error.problems;
        throw error;
      }
    },
    headers(secrets: readonly string[], text: string, options: { standardWebhooks?: boolean } = {}) {
      const [type = ''] = contract.eventTypes.keys();
      return createSigner(contract, secrets, options).headers({
        eventId: 'evt_1',
        eventType: type,
        deliveryId,
        body: Buffer.from(text),
        atSeconds: 1_614_265_330,
      });
    },
  };
}

export function wire(id: string) {
  const contract = shipped.get(id);
  if (contract === undefined) throw new Error(`no contract ${id}`);
  return wireOf(contract);
}

/** Pairs of code and pointer: what a publisher's program acts on. */
export const where = (problems: readonly PublishProblem[]) =>
  problems.map((each) => `${each.code} ${each.pointer}`);
