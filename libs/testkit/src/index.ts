export { eventually } from './eventually.ts';
export { describeLogContract, type OpenLog } from './log-contract.ts';
