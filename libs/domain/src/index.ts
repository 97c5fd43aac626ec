export { assertNever } from './assert-never.ts';
export type { Decider } from './decider.ts';
export { Rejected, rejectionCodes, type RejectionCode } from './rejected.ts';
export { tiers, tierNames, tierDelayMs, isTierName, type Tier, type TierName } from './retry/tiers.ts';
export { boundedDelay, hopsFor, MAX_DELAY_MS, type Hops } from './retry/hops.ts';
export { isSuccess, type DeliveryPolicy } from './retry/delivery-policy.ts';
export { errorClasses, type AttemptResult, type ErrorClass } from './delivery/attempt-result.ts';
export {
  askedBys,
  attemptsAllowed,
  goesToInactive,
  type AskedBy,
  type DeliveryRef,
} from './delivery/delivery-ref.ts';
export {
  cancelReasons,
  endsChain,
  failReasons,
  statusAfter,
  type CancelReason,
  type Decision,
  type DecisionKind,
  type DeliveryStatus,
  type FailReason,
  type Outcome,
  type Successor,
} from './delivery/outcome.ts';
export {
  decideAfterAttempt,
  decideBeforeAttempt,
  decideDeferral,
  MIN_DEFERRAL_MS,
  MAX_DEFERRED_MS,
  type AttemptMoment,
  type EndpointNow,
} from './delivery/decide-delivery.ts';
export { scaled } from './delivery/time-scale.ts';
export {
  MAX_CONCURRENCY,
  noEndpointLimits,
  signatureSchemes,
  subscribes,
  disableReasons,
  type DisableReason,
  type EndpointLimits,
  type EndpointSecret,
  type EndpointSettings,
  type EndpointState,
  type EndpointStatus,
  type HeaderSetting,
  type OutcomePosition,
  type PublicKey,
  type SignatureScheme,
} from './endpoint/endpoint-state.ts';
export { heldChoices, type EndpointFact, type HeldChoice } from './endpoint/endpoint-facts.ts';
export type { EndpointCommand } from './endpoint/endpoint-commands.ts';
export { endpointDecider } from './endpoint/endpoint-decider.ts';
export {
  noTenantLimits,
  tenantDecider,
  type TenantCommand,
  type TenantFact,
  type TenantLimits,
  type TenantState,
} from './tenant/tenant.ts';
export {
  apiKeyDecider,
  scopes,
  type ApiKeyCommand,
  type ApiKeyFact,
  type ApiKeyState,
  type Scope,
} from './key/api-key.ts';
export {
  hasEnded,
  replayableStatuses,
  replayActions,
  replayWhats,
  skippedOf,
  skipReasons,
  type ReplayableStatus,
  type ReplayAction,
  type ReplayCursor,
  type ReplayProgress,
  type ReplaySelection,
  type ReplayState,
  type ReplayStatus,
  type ReplayWhat,
  type SkipCounts,
  type SkipReason,
} from './replay/replay-state.ts';
export type { ReplayCommand, ReplayFact } from './replay/replay-facts.ts';
export { replayDecider } from './replay/replay-decider.ts';
export {
  isEndpointFact,
  type AskFact,
  type ControlEntry,
  type ControlFact,
  type ControlFactType,
  type InstallationFact,
  type RevealFact,
} from './control/control-fact.ts';
