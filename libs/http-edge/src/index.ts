export { problemCodes, statusOf as httpStatusOf, type ProblemCode } from './problem-code.ts';
export { problem, PROBLEM_MEDIA_TYPE, problemUnder, type FieldProblem, type Problem } from './problem.ts';
export { problemOf, type ProblemAnswer } from './problem-of.ts';
export { Refused, retryAfter } from './refused.ts';
export { issuingKeyOf, ownOnly, principalOf, requireScope, tenantOf, type Principal } from './principal.ts';
export { refusedDto } from './dto-errors.ts';
export { readJsonBody } from './read-body.ts';
export { serverOptions } from './server-options.ts';
export { acceptJsonBodies } from './json-bodies.ts';
export {
  CONTROL_POSITION_HEADER,
  notArrivedYet,
  passEchoedPosition,
  type ControlPositionDeps,
} from './control-position.ts';
export { addProbes } from './probes.ts';
export { dropSilentConnections } from './silent-connections.ts';
export { schema, type JsonSchema } from './openapi/json-schema.ts';
export { Described } from './openapi/described.ts';
export { dtoSchema, type DtoClass, type FieldCondition } from './openapi/dto-schema.ts';
export type { Access, Answer, Method, Operation, RequestBody } from './openapi/operation.ts';
export { openApiDocument, type OpenApiDocument, type PathOperation } from './openapi/open-api-document.ts';
export { publishedEventFields, publishOperation, publishSchemas } from './openapi/publish-operation.ts';
export { probeOperations } from './openapi/probe-operations.ts';
export { addDocuments } from './openapi/documents.ts';
