export { eventually } from './eventually.ts';
export { describeLogContract } from './log-contract.ts';
export type { OpenLog } from './log-contract-words.ts';
export { startPostgres, type PostgresForTests } from './postgres-for-tests.ts';
