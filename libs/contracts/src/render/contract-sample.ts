import type { Contract } from '../contract.ts';
import type { JsonNode } from '../json/json-node.ts';
import { jsonOf } from '../json/json-of.ts';
import { PublishRejected } from './publish-rejected.ts';

/** Valid data of a type, for Send Test Event. Throws {@link PublishRejected} for a type that has no sample. */
export function contractSample(contract: Contract, type: string): JsonNode {
  const listed = contract.eventTypes.get(type);
  if (listed !== undefined) return jsonOf(listed.sample);
  const known = [...contract.eventTypes.keys()].join(', ');
  const detail = `has no sample in ${contract.title}; these have: ${known}`;
  throw new PublishRejected([{ code: 'unknown_type', pointer: '/type', detail }]);
}
