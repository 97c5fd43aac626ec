export { arbitraryControlEntries, arbitraryControlFact } from './arbitrary-control.ts';
export {
  arbitraryEndpointCommand,
  arbitraryEndpointFact,
  arbitraryEndpointFactOf,
} from './arbitrary-endpoint.ts';
export { eventually } from './eventually.ts';
export { givenWhenThen, type Then, type When } from './given-when-then.ts';
export { describeLogContract } from './log-contract.ts';
export type { OpenLog } from './log-contract-words.ts';
export { startPostgres, type PostgresForTests } from './postgres-for-tests.ts';
