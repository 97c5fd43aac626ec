export { eventually } from './eventually.ts';
export { describeLogContract, type OpenLog } from './log-contract.ts';
export { startPostgres, type PostgresForTests } from './postgres-for-tests.ts';
