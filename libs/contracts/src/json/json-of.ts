import type { JsonNode } from './json-node.ts';
import { scanJson } from './scan-json.ts';

/** A plain value as a node, e.g. what arrived over gRPC already parsed. Throws JsonError for what JSON cannot hold. */
export function jsonOf(value: unknown): JsonNode {
  return scanJson(Buffer.from(JSON.stringify(value) ?? ''));
}
