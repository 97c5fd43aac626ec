export { eventually } from './eventually.ts';
export { describeLogContract, type OpenLog } from './log-contract.ts';
export {
  startReceiver,
  type Answer,
  type ReceivedRequest,
  type Receiver,
  type ReceiverOptions,
} from './fake-receiver.ts';
export { createThrowAwayCa, type ServerCertificate, type ThrowAwayCa } from './throw-away-ca.ts';
