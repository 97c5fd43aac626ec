import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { restOf } from '../../api/api-problem.ts';
import type { Webhook } from '../../api/schema.ts';
import { Card } from '../../parts/card.tsx';
import { Notice } from '../../parts/notice.tsx';
import { endpointStrings } from '../../strings/endpoint.ts';
import { formStrings } from '../../strings/form.ts';
import { RecentDeliveries } from '../deliveries/recent-deliveries.tsx';
import { draftOf } from '../form/endpoint-draft.ts';
import { SettingsFields, shownPointers } from '../form/settings-fields.tsx';
import { LeaveGuard, UnsavedBar } from '../form/unsaved-bar.tsx';
import { usePortal } from '../portal-context.tsx';
import { SecretCard } from '../secret/secret-card.tsx';
import { TestEventCard } from '../test-event/test-event-card.tsx';
import { EndpointHead } from './endpoint-head.tsx';
import { EndpointTrouble } from './endpoint-trouble.tsx';
import { HowItIsSent } from './how-it-is-sent.tsx';
import { useSettings } from './use-settings.ts';
import classes from './endpoint.module.css';

/** One endpoint: what is wrong with it, its settings, its secret, a test, and what was sent to it. */
export function EndpointSettings({
  webhook,
  version,
}: {
  readonly webhook: Webhook & { readonly held: number | null };
  readonly version: string | null;
}) {
  const { contract, may } = usePortal();
  const search = useSearch({ from: '/portal/endpoints/$id' });
  const navigate = useNavigate({ from: '/portal/endpoints/$id' });
  const settings = useSettings(webhook, version, contract.https);
  // What disabled it may be its URL; and what keeps a save from being made must be seen.
  const isRevealed = settings.draft.active || webhook.status === 'failed' || settings.isRefused;
  const facts = <HowItIsSent webhook={webhook} />;
  const mayChange = may('endpoints:write');
  const other = settings.wasChangedElsewhere ? undefined : restOf(settings.error, shownPointers);
  return (
    <div className={classes.page}>
      <EndpointHead webhook={webhook} />
      <EndpointTrouble webhook={webhook} />
      {mayChange ? null : (
        <Notice tone="still" icon={IconInfoCircle}>
          {formStrings.readOnly}
        </Notice>
      )}
      {settings.wasChangedElsewhere ? (
        <Notice tone="wait" icon={IconInfoCircle} role="alert">
          {formStrings.changedElsewhere}
        </Notice>
      ) : null}
      {other === undefined ? null : (
        <Notice tone="bad" icon={IconAlertTriangle} role="alert">
          {other}
        </Notice>
      )}
      <div className={classes.columns}>
        <form
          className={classes.column}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (settings.isDirty) settings.save();
          }}
        >
          <Card title={endpointStrings.settings}>
            <SettingsFields
              contract={contract}
              saved={draftOf(webhook)}
              draft={settings.draft}
              error={settings.error}
              offAbout={
                webhook.status === 'failed'
                  ? formStrings.failedAbout(webhook.held ?? 0)
                  : formStrings.offAbout
              }
              isRevealed={isRevealed}
              showEmpty
              disabled={!mayChange}
              onChange={settings.change}
            />
          </Card>
          {isRevealed ? null : facts}
        </form>
        <div className={classes.column}>
          <SecretCard webhook={webhook} />
          <TestEventCard
            webhookId={webhook.id}
            isDirty={settings.isDirty}
            onShow={(delivery) => void navigate({ search: (before) => ({ ...before, delivery }) })}
          />
          {isRevealed ? facts : null}
        </div>
      </div>
      <RecentDeliveries
        webhookId={webhook.id}
        search={search}
        onSearch={(next) => void navigate({ search: next, replace: true, resetScroll: false })}
      />
      {settings.isDirty ? (
        <UnsavedBar
          isSaving={settings.isSaving}
          canSave={mayChange}
          onSave={settings.save}
          onDiscard={settings.discard}
        />
      ) : null}
      <LeaveGuard isDirty={settings.isDirty} />
    </div>
  );
}
