import { useDocumentTitle } from '@mantine/hooks';
import { titleOf } from '../../strings/shell.ts';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { dataOf } from '../../api/api-client.ts';
import { useApi } from '../../api/api-context.tsx';
import { useReadAgain } from '../../live/read-again.ts';
import { restOf } from '../../api/api-problem.ts';
import { Card } from '../../parts/card.tsx';
import { Notice } from '../../parts/notice.tsx';
import { endpointStrings } from '../../strings/endpoint.ts';
import { formStrings } from '../../strings/form.ts';
import { secretStrings } from '../../strings/secret.ts';
import { emptyDraft, isDirty } from '../form/endpoint-draft.ts';
import { SettingsFields, shownPointers } from '../form/settings-fields.tsx';
import { LeaveGuard, UnsavedBar } from '../form/unsaved-bar.tsx';
import { checkUrl } from '../form/url-check.ts';
import { usePortal } from '../portal-context.tsx';
import { SecretLine } from '../secret/secret-line.tsx';
import { useKeepSecret } from '../secret/fresh-secret.ts';
import { TenantSecret } from '../secret/tenant-secret.tsx';
import { BackToEndpoints } from './back-to-endpoints.tsx';
import { HowItIsSent } from './how-it-is-sent.tsx';
import classes from './endpoint.module.css';

/** HL-3 and HL-4: nothing is there before the first save, not even a secret. */
export function NewEndpointPage() {
  useDocumentTitle(titleOf(formStrings.newTitle));
  const { contract, may } = usePortal();
  const { api } = useApi();
  const readAgain = useReadAgain();
  const navigate = useNavigate();
  const keepSecret = useKeepSecret();
  const [draft, setDraft] = useState(emptyDraft);
  const [tried, setTried] = useState(false);
  const create = useMutation({
    mutationFn: () =>
      dataOf(
        api.POST('/api/v1/webhooks', {
          body: {
            url: draft.url,
            events: [...draft.events],
            description: draft.description,
            active: draft.active,
          },
        }),
      ),
    onSuccess: async ({ id, secret }) => {
      if (secret !== null) keepSecret(id, { secret, isFirst: true });
      readAgain('webhooks');
      await navigate({ to: '/portal/endpoints/$id', params: { id }, ignoreBlocker: true });
    },
  });
  const save = () => {
    setTried(true);
    if (checkUrl(draft.url, contract.https).kind === 'good') create.mutate();
  };
  const other = restOf(create.error, shownPointers);
  const dirty = isDirty(emptyDraft, draft);
  return (
    <form
      className={classes.page}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <BackToEndpoints />
      <h1 className={classes.title}>{formStrings.newTitle}</h1>
      {other === undefined ? null : (
        <Notice tone="bad" icon={IconAlertTriangle} role="alert">
          {other}
        </Notice>
      )}
      <div className={classes.columns}>
        <Card title={endpointStrings.settings}>
          <SettingsFields
            contract={contract}
            saved={emptyDraft}
            draft={draft}
            error={create.error}
            offAbout={formStrings.offAbout}
            isRevealed={draft.active || tried}
            showEmpty={tried}
            disabled={!may('endpoints:write')}
            onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
          />
        </Card>
        <div className={classes.column}>
          {contract.secret.owner === 'tenant' ? (
            <TenantSecret />
          ) : (
            <Card title={secretStrings.title}>
              <SecretLine secret={null} />
              <p className={classes.note}>{secretStrings.afterSave}</p>
            </Card>
          )}
          <HowItIsSent />
        </div>
      </div>
      <UnsavedBar
        isNew
        isSaving={create.isPending}
        canSave={may('endpoints:write')}
        onSave={save}
        onDiscard={() => {
          setDraft(emptyDraft);
          setTried(false);
          create.reset();
          void navigate({ to: '/portal', ignoreBlocker: true });
        }}
      />
      <LeaveGuard isDirty={dirty && !create.isSuccess} />
    </form>
  );
}
