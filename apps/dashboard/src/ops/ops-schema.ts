import type { components } from '../../../../docs/openapi.d.ts';

type Schemas = components['schemas'];

export type Stats = Schemas['Stats'];
export type Minute = Schemas['Minutes']['data'][number];
export type Processes = Schemas['Processes'];
export type ProcessNow = Processes['data'][number];
export type GroupLag = Processes['lag'][number];
export type Tier = Schemas['Tier'];
export type Tenant = Schemas['Tenant'];
export type AuditEntry = Schemas['AuditEntry'];
export type QuarantinedRecord = Schemas['QuarantinedRecord'];
export type ReplayJob = Schemas['Replay'];
