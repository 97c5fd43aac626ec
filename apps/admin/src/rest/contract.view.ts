import type { Contract } from '#contracts';
import { signatureSchemes } from '#domain';

/** A contract as forms and documentation need it. Times in seconds. */
export function contractView(contract: Contract) {
  const { policy, secret } = contract;
  return {
    id: contract.id,
    title: contract.title,
    attributes: contract.attributes,
    event_types: [...contract.eventTypes.values()].map(({ type, label, description, schema, sample }) => ({
      type,
      label,
      description,
      schema,
      sample,
    })),
    open_types: contract.openTypes,
    secret: {
      owner: secret.owner,
      generated: secret.generated,
      optional: secret.optional,
      min_length: secret.minLength,
      max_length: secret.maxLength,
    },
    signature_header: contract.signature.header,
    signature: {
      header: contract.signature.header,
      prefix: contract.signature.prefix,
      encoding: contract.signature.encoding,
      key: contract.signature.key,
      content: contract.signature.content,
      separator: contract.signature.separator,
      ed25519_prefix: contract.signature.ed25519,
    },
    headers: contract.headers.map(({ name, value }) => ({ name, value })),
    signatures: contract.signature.ed25519 === null ? ['v1'] : signatureSchemes,
    https: contract.https,
    replay: contract.replay,
    success: policy.success,
    timeout_seconds: policy.timeoutMs / 1_000,
    delays_seconds: policy.delaysMs.map((delayMs) => delayMs / 1_000),
    max_age_seconds: policy.maxAgeMs === null ? null : policy.maxAgeMs / 1_000,
    exhaustion_disables: policy.exhaustionDisables,
    gone_disables: policy.goneDisables,
    words: contract.words,
  };
}
