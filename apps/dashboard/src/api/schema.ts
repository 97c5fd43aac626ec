import type { components } from '../../../../docs/openapi.d.ts';

type Schemas = components['schemas'];

export type Webhook = Schemas['Webhook'];
export type Contract = Schemas['Contract'];
export type Problem = Schemas['Problem'];
export type Me = Schemas['Me'];
