export { ControlTable } from './table/control-table.ts';
export type { ReplayJob } from './table/replay-jobs.ts';
export { FollowedControl, passedWithin, type ControlAlerts } from './table/followed-control.ts';
export { BackupError, backupLines, readBackup, type BackupHead } from './backup/backup-file.ts';
export { restoreControl } from './backup/restore-control.ts';
export type { ControlChange } from './commands/control-change.ts';
export {
  ControlWriter,
  type AppliedFact,
  type ManyWritten,
  type Written,
} from './commands/control-writer.ts';
export {
  endpointOwner,
  parseSecretKeys,
  SecretBox,
  SecretBoxError,
  tenantOwner,
} from './secrets/secret-box.ts';
export { rewrapSecrets, type Rewrapping } from './secrets/rewrap-secrets.ts';
export { openHeaders, sealHeaders, type HeadersOwner } from './secrets/sealed-headers.ts';
export { hashApiKey, newApiKey, type NewApiKey } from './keys/api-key-text.ts';
export { authenticate, hasScope, portalScopesOf, type Authentication } from './keys/authenticate.ts';
export { KeyUses } from './keys/key-uses.ts';
export { PortalTokens, type PortalGrant } from './keys/portal-tokens.ts';
export {
  ensureInstallation,
  installationMismatch,
  InstallationMismatch,
  type InstallationWish,
} from './installation/installation.ts';
export { ensureRootKey, hasRootKey, type FirstKey } from './installation/root-key.ts';
