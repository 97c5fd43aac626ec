export { callerOf, closingOf, shuttingDown, type GuardedServices } from './call-gate.ts';
export { headersOf, positionMetadata, TENANT_KEY, type CallHeaders } from './call-headers.ts';
export { credentialsOf } from './credentials-of.ts';
export { failureOf, PROBLEM_KEY } from './failure.ts';
export { GrpcServer } from './grpc-server.ts';
export { problemMessage, type ProblemMessage } from './problem-message.ts';
export { fullName, loadProtocol, PROTOCOL_PACKAGE, type Protocol } from './protocol.ts';
