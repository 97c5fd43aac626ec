export type { Contract, ContractAttribute, ContractEventType, ContractSecret } from './contract.ts';
