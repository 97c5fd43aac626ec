export { arbitraryControlEntries, arbitraryControlFact } from './arbitrary-control.ts';
export {
  arbitraryEndpointCommand,
  arbitraryEndpointFact,
  arbitraryEndpointFactOf,
} from './arbitrary-endpoint.ts';
export { eventually } from './eventually.ts';
export {
  startReceiver,
  type Answer,
  type ReceivedRequest,
  type Receiver,
  type ReceiverOptions,
} from './fake-receiver.ts';
export { createThrowAwayCa, type ServerCertificate, type ThrowAwayCa } from './throw-away-ca.ts';
export { GrpcClient, type Called, type CallOptions, type Duplex } from './grpc-client.ts';
export { givenWhenThen, type Then, type When } from './given-when-then.ts';
export { describeLogContract } from './log-contract.ts';
export type { OpenLog } from './log-contract-words.ts';
export { startPostgres, type PostgresForTests } from './postgres-for-tests.ts';
export { freePorts } from './kafka/free-ports.ts';
export { startKafka, type KafkaForTests, type KafkaForTestsOptions } from './kafka-for-tests.ts';
export { type AclBook, type KafkaAcl } from './kafka/acl-book.ts';
export { SecureKafka, type SecureKafkaOptions } from './kafka/secure-kafka.ts';
export { EventStream, type StreamMessage } from './event-stream.ts';
