import { Button } from '@mantine/core';
import { IconAlertTriangle, IconHandStop } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { dataOf } from '../../api/api-client.ts';
import { useApi } from '../../api/api-context.tsx';
import { useReadAgain } from '../../live/read-again.ts';
import { messageOf } from '../../api/api-problem.ts';
import type { Webhook } from '../../api/schema.ts';
import { LinkButton } from '../../parts/link-button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { endpointStrings } from '../../strings/endpoint.ts';
import { usePortal } from '../portal-context.tsx';
import { DiscardDialog } from './discard-dialog.tsx';
import { LastFailure } from './last-failure.tsx';

type Troubled = Webhook & { readonly held: number | null };

/** Why nothing arrives, or what waits for a decision. Nothing at all where all is well. */
export function EndpointTrouble({ webhook }: { readonly webhook: Troubled }) {
  if (webhook.status === 'failed') return <Disabled webhook={webhook} />;
  if (webhook.status === 'active' && (webhook.held ?? 0) > 0) {
    return <Held id={webhook.id} count={webhook.held ?? 0} />;
  }
  return null;
}

function Disabled({ webhook }: { readonly webhook: Troubled }) {
  const { may } = usePortal();
  const { api } = useApi();
  const readAgain = useReadAgain();
  const { held } = webhook;
  const [discarding, setDiscarding] = useState(false);
  const enable = useMutation({
    mutationFn: (choice: 'release' | 'discard' | 'keep') =>
      dataOf(
        api.POST('/api/v1/webhooks/{id}/enable', {
          params: { path: { id: webhook.id } },
          body: { held: choice },
        }),
      ),
    onSuccess: () => setDiscarding(false),
    onSettled: () => readAgain('webhooks', 'deliveries'),
  });
  const button = (choice: 'release' | 'discard' | 'keep', text: string) => (
    <Button
      key={choice}
      variant={choice === 'release' ? 'filled' : 'default'}
      loading={enable.isPending && enable.variables === choice}
      disabled={enable.isPending || !may('endpoints:write')}
      onClick={() => (choice === 'discard' ? setDiscarding(true) : enable.mutate(choice))}
    >
      {text}
    </Button>
  );
  const actions = (
    <>
      {button('release', endpointStrings.enableRelease(held))}
      {held === 0 ? null : button('discard', endpointStrings.enableDiscard)}
      {held === 0 ? null : button('keep', endpointStrings.enableKeep)}
    </>
  );
  return (
    <Notice tone="bad" icon={IconAlertTriangle} title={endpointStrings.failedTitle} actions={actions}>
      {webhook.reason === undefined ? null : `${endpointStrings.failedReasons[webhook.reason]} `}
      {endpointStrings.failedHeld(held)}
      <LastFailure webhookId={webhook.id} />
      {enable.error === null || discarding ? null : <div role="alert">{messageOf(enable.error)}</div>}
      <DiscardDialog
        opened={discarding}
        onClose={() => setDiscarding(false)}
        isBusy={enable.isPending && enable.variables === 'discard'}
        error={enable.variables === 'discard' ? enable.error : null}
        onDiscard={() => enable.mutate('discard')}
      />
    </Notice>
  );
}

function Held({ id, count }: { readonly id: string; readonly count: number }) {
  const { may } = usePortal();
  const { api } = useApi();
  const readAgain = useReadAgain();
  const [discarding, setDiscarding] = useState(false);
  const settle = useMutation({
    mutationFn: (action: 'release' | 'discard') =>
      dataOf(
        action === 'release'
          ? api.POST('/api/v1/webhooks/{id}/held/release', { params: { path: { id } }, body: {} })
          : api.POST('/api/v1/webhooks/{id}/held/discard', { params: { path: { id } }, body: {} }),
      ),
    onSuccess: () => setDiscarding(false),
    onSettled: () => readAgain('webhooks', 'deliveries', 'replays'),
  });
  const mayReplay = may('deliveries:replay');
  const actions = (
    <>
      <Button
        disabled={!mayReplay}
        loading={settle.isPending && settle.variables === 'release'}
        onClick={() => settle.mutate('release')}
      >
        {endpointStrings.release}
      </Button>
      <Button variant="default" disabled={!mayReplay} onClick={() => setDiscarding(true)}>
        {endpointStrings.discard}
      </Button>
      <LinkButton
        variant="subtle"
        from="/portal/endpoints/$id"
        to="."
        search={(before) => ({ ...before, status: 'held' as const })}
        resetScroll={false}
      >
        {endpointStrings.heldShow}
      </LinkButton>
    </>
  );
  return (
    <Notice tone="held" icon={IconHandStop} title={endpointStrings.heldTitle(count)} actions={actions}>
      {endpointStrings.heldAbout}
      {settle.error === null || discarding ? null : <div role="alert">{messageOf(settle.error)}</div>}
      <DiscardDialog
        opened={discarding}
        onClose={() => setDiscarding(false)}
        isBusy={settle.isPending && settle.variables === 'discard'}
        error={settle.variables === 'discard' ? settle.error : null}
        onDiscard={() => settle.mutate('discard')}
      />
    </Notice>
  );
}
