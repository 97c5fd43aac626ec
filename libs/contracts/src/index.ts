export type {
  Contract,
  ContractAttribute,
  ContractEventId,
  ContractEventType,
  ContractHeader,
  ContractSecret,
  ContractSignature,
  ContractTruncation,
  EnvelopePart,
  HeaderValue,
  TimeFormat,
} from './contract.ts';
export { ContractError } from './load/contract-error.ts';
export { loadContracts } from './load/load-contracts.ts';
export { installedFolder } from './load/installed-folder.ts';
export { shippedContractsDirectory } from './load/shipped-contracts.ts';
export { JsonError, jsonErrorCodes, type JsonErrorCode } from './json/json-error.ts';
export type { JsonKind, JsonMember, JsonNode } from './json/json-node.ts';
export { MAX_JSON_DEPTH, scanJson } from './json/scan-json.ts';
export { jsonOf } from './json/json-of.ts';
export {
  PublishRejected,
  publishProblemCodes,
  type PublishProblem,
  type PublishProblemCode,
} from './render/publish-rejected.ts';
export {
  renderEvent,
  type EventInput,
  type RenderedEvent,
  type RenderMoment,
} from './render/render-event.ts';
export { checkAttributes } from './render/attributes.ts';
export { contractSample } from './render/contract-sample.ts';
export { deliveryIdOf, DELIVERY_ID_BYTES } from './render/delivery-id.ts';
export { deriveEventId, isEventId } from './render/event-id.ts';
export { fillSlot } from './render/slot.ts';
export { restampBody } from './render/restamp-body.ts';
export { contractHeaderNames, createSigner, type RequestSigner } from './sign/signer.ts';
export type { SignedRequest } from './sign/signature.ts';
export { checkSecret, generateSecret } from './sign/secret.ts';
export { generateKeys, publicKeyOf, sharedSecret, type EndpointKeys } from './sign/endpoint-keys.ts';
export { verifyRequest, type ReceivedRequest, type Verdict } from './sign/verify-request.ts';
