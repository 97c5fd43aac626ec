export { runApp, type App, type Surroundings } from './run-app.ts';
export { serveUntilSignal, type Serving } from './serve-until-signal.ts';
export { openKafkaCore, type KafkaCore } from './open-kafka-core.ts';
export { followControl, type Control } from './follow-control.ts';
export { kafkaOptionsOf } from './kafka-options-of.ts';
export { contractsOf } from './contracts-of.ts';
export { egressGuardOf } from './egress-guard-of.ts';
export { senderOf } from './sender-of.ts';
