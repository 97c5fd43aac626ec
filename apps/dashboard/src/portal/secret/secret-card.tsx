import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconAlertTriangle, IconRefresh, IconShieldOff } from '@tabler/icons-react';
import { useState } from 'react';
import { dataOf } from '../../api/api-client.ts';
import { useApi } from '../../api/api-context.tsx';
import { hasStatus, messageOf } from '../../api/api-problem.ts';
import type { Webhook } from '../../api/schema.ts';
import { Card } from '../../parts/card.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Moment } from '../../time/moment.tsx';
import { secretStrings } from '../../strings/secret.ts';
import { usePortal } from '../portal-context.tsx';
import { useFreshSecret } from './fresh-secret.ts';
import { RegenerateDialog } from './regenerate-dialog.tsx';
import { SecretLine } from './secret-line.tsx';
import { TenantSecret } from './tenant-secret.tsx';
import classes from './secret.module.css';

/** The secret of a saved endpoint. */
export function SecretCard({ webhook }: { readonly webhook: Webhook }) {
  const { contract, may } = usePortal();
  const [asking, setAsking] = useState(false);
  if (contract.secret.owner === 'tenant') return <TenantSecret />;
  const regenerate = (
    <Button
      variant="default"
      disabled={!may('endpoints:write')}
      leftSection={<IconRefresh size={14} aria-hidden />}
      onClick={() => setAsking(true)}
    >
      {secretStrings.regenerate}
    </Button>
  );
  return (
    <Card title={secretStrings.title} actions={regenerate}>
      <div className={classes.stack}>
        {webhook.signature === 'v1a' ? null : <Secret id={webhook.id} />}
        {webhook.public_key === undefined ? null : <PublicKey text={webhook.public_key} />}
        <p className={classes.note}>{secretStrings.about(contract.signature.header)}</p>
      </div>
      <RegenerateDialog id={webhook.id} opened={asking} onClose={() => setAsking(false)} />
    </Card>
  );
}

function Secret({ id }: { readonly id: string }) {
  const { may } = usePortal();
  const { api } = useApi();
  const { fresh, forget } = useFreshSecret(id);
  const reveal = useMutation({
    mutationFn: () => dataOf(api.POST('/api/v1/webhooks/{id}/reveal-secret', { params: { path: { id } } })),
    // It must not outlive the moment in which it is looked at.
    gcTime: 0,
  });
  if (fresh !== null) {
    return (
      <>
        <p className={classes.strong} role="status">
          {fresh.isFirst ? secretStrings.freshFirst : secretStrings.fresh}
        </p>
        <SecretLine
          secret={fresh.secret}
          isFresh
          onToggle={
            may('secrets:reveal')
              ? () => {
                  // What was looked at before is the secret that this one replaced.
                  reveal.reset();
                  forget();
                }
              : undefined
          }
        />
        {may('secrets:reveal') ? null : <p className={classes.note}>{secretStrings.noReveal}</p>}
      </>
    );
  }
  if (!may('secrets:reveal')) {
    return (
      <>
        <SecretLine secret={null} />
        <p className={classes.note}>{secretStrings.noReveal}</p>
      </>
    );
  }
  if (hasStatus(reveal.error, 409)) {
    return (
      <Notice tone="wait" icon={IconShieldOff} role="alert">
        {secretStrings.none}
      </Notice>
    );
  }
  const shown = reveal.data;
  return (
    <>
      <SecretLine
        secret={shown?.secret ?? null}
        isBusy={reveal.isPending}
        onToggle={() => (shown === undefined ? reveal.mutate() : reveal.reset())}
      />
      {reveal.error === null ? null : (
        <Notice tone="bad" icon={IconAlertTriangle} title={secretStrings.revealFailed} role="alert">
          {messageOf(reveal.error)}
        </Notice>
      )}
      {shown === undefined || shown.previous.length === 0 ? null : (
        <PreviousSecrets id={id} previous={shown.previous} onEnded={reveal.reset} />
      )}
      <p className={classes.note}>{secretStrings.revealAudited}</p>
    </>
  );
}

function PreviousSecrets({
  id,
  previous,
  onEnded,
}: {
  readonly id: string;
  readonly previous: readonly { readonly secret: string; readonly expires_at: string | null }[];
  readonly onEnded: () => void;
}) {
  const { api } = useApi();
  const end = useMutation({
    mutationFn: () =>
      dataOf(api.POST('/api/v1/webhooks/{id}/expire-old-secrets', { params: { path: { id } } })),
    onSuccess: onEnded,
  });
  return (
    <>
      <span className={classes.label}>{secretStrings.previous}</span>
      {previous.map(({ secret, expires_at: expiresAt }) => (
        <div key={secret}>
          <SecretLine secret={secret} />
          {expiresAt === null ? null : (
            <p className={classes.note}>
              {secretStrings.until} <Moment at={expiresAt} />
            </p>
          )}
        </div>
      ))}
      <div>
        <Button variant="default" loading={end.isPending} onClick={() => end.mutate()}>
          {secretStrings.expireNow}
        </Button>
      </div>
      {end.error === null ? null : (
        <Notice tone="bad" icon={IconAlertTriangle} role="alert">
          {messageOf(end.error)}
        </Notice>
      )}
    </>
  );
}

function PublicKey({ text }: { readonly text: string }) {
  return (
    <div>
      <span className={classes.label}>{secretStrings.publicKey}</span>
      <div className={classes.row}>
        <span className={classes.value}>{text}</span>
        <CopyButton value={text} what={secretStrings.publicKey} />
      </div>
      <p className={classes.note}>{secretStrings.publicKeyAbout}</p>
    </div>
  );
}
