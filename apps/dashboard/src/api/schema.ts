import type { components } from '../../../../docs/openapi.d.ts';

type Schemas = components['schemas'];

export type Webhook = Schemas['Webhook'];
export type Delivery = Schemas['Delivery'];
export type DeliveryStatus = Schemas['DeliveryStatus'];
export type Attempt = Schemas['Attempt'];
export type DeliveryDetail = Schemas['DeliveryWithAttempts'];
export type Replay = Schemas['Replay'];
export type TestResult = Schemas['TestResult'];
export type Contract = Schemas['Contract'];
export type Problem = Schemas['Problem'];
export type Me = Schemas['Me'];
export type Activity = Schemas['Activity'];
