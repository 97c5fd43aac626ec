import { useDocumentTitle } from '@mantine/hooks';
import { titleOf } from '../../strings/shell.ts';
import { ActionIcon, Button, Menu, Modal } from '@mantine/core';
import { IconAlertTriangle, IconDots, IconHistory, IconRepeat, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useApi } from '../../api/api-context.tsx';
import { useReadAgain } from '../../live/read-again.ts';
import { messageOf } from '../../api/api-problem.ts';
import type { Webhook } from '../../api/schema.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import dialog from '../../parts/dialog.module.css';
import { Notice } from '../../parts/notice.tsx';
import { EndpointPill } from '../../parts/status-pill.tsx';
import { endpointStrings } from '../../strings/endpoint.ts';
import { formStrings } from '../../strings/form.ts';
import { partsStrings } from '../../strings/parts.ts';
import { portalStrings } from '../../strings/portal.ts';
import { replayStrings } from '../../strings/replays.ts';
import { usePortal } from '../portal-context.tsx';
import { RecoverDialog, type Recovery } from '../replays/recover-dialog.tsx';
import { LastDay } from './activity.tsx';
import { BackToEndpoints } from './back-to-endpoints.tsx';
import classes from './endpoint.module.css';

export function EndpointHead({ webhook }: { readonly webhook: Webhook }) {
  useDocumentTitle(titleOf(webhook.url));
  const { may } = usePortal();
  const [recovering, setRecovering] = useState<Recovery | null>(null);
  const [deleting, setDeleting] = useState(false);
  return (
    <div>
      <BackToEndpoints />
      <div className={classes.head}>
        <div className={classes.name}>
          <h1 className={classes.title}>
            <span className="mono">{webhook.url}</span>
            <CopyButton value={webhook.url} what={formStrings.url} />
            <EndpointPill status={webhook.status} text={portalStrings.endpoints.status[webhook.status]} />
          </h1>
          {webhook.description === '' ? null : <p className={classes.about}>{webhook.description}</p>}
        </div>
        <LastDay webhookId={webhook.id} />
        {may('deliveries:replay') ? (
          <>
            <Button
              variant="default"
              leftSection={<IconHistory size={15} aria-hidden />}
              onClick={() => setRecovering('failed')}
            >
              {replayStrings.recoverFailed}
            </Button>
            <Button
              variant="default"
              leftSection={<IconRepeat size={15} aria-hidden />}
              onClick={() => setRecovering('missed')}
            >
              {replayStrings.replayMissed}
            </Button>
          </>
        ) : null}
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size={30} aria-label={endpointStrings.more}>
              <IconDots size={16} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              color="red"
              disabled={!may('endpoints:write')}
              leftSection={<IconTrash size={15} aria-hidden />}
              onClick={() => setDeleting(true)}
            >
              {formStrings.delete}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <RecoverDialog webhookId={webhook.id} recovery={recovering} onClose={() => setRecovering(null)} />
      <Modal opened={deleting} onClose={() => setDeleting(false)} title={formStrings.deleteTitle}>
        <DeleteForm id={webhook.id} url={webhook.url} onClose={() => setDeleting(false)} />
      </Modal>
    </div>
  );
}

function DeleteForm({
  id,
  url,
  onClose,
}: {
  readonly id: string;
  readonly url: string;
  readonly onClose: () => void;
}) {
  const { api } = useApi();
  const readAgain = useReadAgain();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => api.DELETE('/api/v1/webhooks/{id}', { params: { path: { id } } }),
    onSuccess: async () => {
      await navigate({ to: '/portal', ignoreBlocker: true });
      readAgain('webhooks');
    },
  });
  return (
    <>
      <p className={`mono ${dialog.about ?? ''}`}>{url}</p>
      <p className={dialog.about}>{formStrings.deleteAbout}</p>
      {remove.error === null ? null : (
        <Notice tone="bad" icon={IconAlertTriangle} role="alert">
          {messageOf(remove.error)}
        </Notice>
      )}
      <div className={dialog.actions}>
        <Button variant="default" data-autofocus onClick={onClose}>
          {partsStrings.cancel}
        </Button>
        <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
          {formStrings.deleteConfirm}
        </Button>
      </div>
    </>
  );
}
