import { JsonError, scanJson, type JsonNode } from '#contracts';
import { Unfit } from './unfit.ts';

/** More than the largest event of any contract, and what a broker takes by default. */
const MAX_VALUE_BYTES = 4 * 1_024 * 1_024;

const arrayIndex = /^(?:0|[1-9]\d{0,8})$/;

/** `what` names the text in the reason. Throws {@link Unfit}. */
export function scanned(bytes: Uint8Array, what: string): JsonNode {
  if (bytes.byteLength > MAX_VALUE_BYTES) {
    throw new Unfit(
      `${what}: has ${bytes.byteLength} bytes, ${MAX_VALUE_BYTES} are the most; send a reference to the rest`,
    );
  }
  try {
    return scanJson(bytes);
  } catch (error) {
    if (error instanceof JsonError) throw new Unfit(`${what}: ${error.code}: ${error.message}`);
    throw error;
  }
}

/** What a JSON pointer (RFC 6901) leads to. */
export function nodeAt(root: JsonNode, pointer: string): JsonNode | undefined {
  let node: JsonNode | undefined = root;
  for (const raw of pointer.split('/').slice(1)) {
    const step = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    if (node?.kind === 'array') node = arrayIndex.test(step) ? itemAt(node, Number(step)) : undefined;
    else node = node?.get(step);
  }
  return node;
}

/** A text, or a number as it was written. Undefined: not there, null or empty. Throws {@link Unfit} for all else. */
export function textOf(node: JsonNode | undefined, what: string): string | undefined {
  if (node === undefined || node.kind === 'null') return undefined;
  if (node.kind === 'number') return node.text;
  if (node.kind === 'string') return (node.value() as string) || undefined;
  throw new Unfit(`${what}: is ${node.kind === 'boolean' ? 'a' : 'an'} ${node.kind}, not text`);
}

function itemAt(node: JsonNode, index: number): JsonNode | undefined {
  return node.items(index + 1)[index];
}
