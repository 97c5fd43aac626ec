import { Button, Modal, PasswordInput, Radio, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { dataOf } from '../../api/api-client.ts';
import { useApi } from '../../api/api-context.tsx';
import { useReadAgain } from '../../live/read-again.ts';
import { fieldErrorOf, restOf } from '../../api/api-problem.ts';
import dialog from '../../parts/dialog.module.css';
import { Notice } from '../../parts/notice.tsx';
import { partsStrings } from '../../strings/parts.ts';
import { secretStrings } from '../../strings/secret.ts';
import { usePortal } from '../portal-context.tsx';
import { useKeepSecret } from './fresh-secret.ts';

/** HL-19: at once, or with an overlap where several secrets may sign one request. */
export function RegenerateDialog({
  id,
  opened,
  onClose,
}: {
  readonly id: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Modal opened={opened} onClose={onClose} title={secretStrings.dialogTitle} size="md">
      <RegenerateForm id={id} onClose={onClose} />
    </Modal>
  );
}

function RegenerateForm({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { contract } = usePortal();
  const { api } = useApi();
  const readAgain = useReadAgain();
  const keepSecret = useKeepSecret();
  const [grace, setGrace] = useState('0');
  const [own, setOwn] = useState('');
  const overlaps = contract.signature.separator !== null;
  const rotate = useMutation({
    mutationFn: () =>
      dataOf(
        api.POST('/api/v1/webhooks/{id}/rotate-secret', {
          params: { path: { id } },
          body: {
            ...(own === '' ? {} : { secret: own }),
            ...(overlaps ? { grace_period_seconds: Number(grace) } : {}),
          },
        }),
      ),
    onSuccess: ({ secret }) => {
      if (secret !== null) keepSecret(id, { secret, isFirst: false });
      readAgain('webhooks');
      onClose();
    },
  });
  const { min_length: min, max_length: max } = contract.secret;
  const other = restOf(rotate.error, ['/secret']);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        rotate.mutate();
      }}
    >
      {overlaps ? (
        <Radio.Group
          label={secretStrings.dialogOverlap}
          value={grace}
          onChange={setGrace}
          description={grace === '0' ? secretStrings.dialogAtOnce : secretStrings.dialogNow}
        >
          <Stack gap="xs" mt="sm">
            {secretStrings.overlaps.map(({ value, label, about }) => (
              <Radio key={value} value={value} label={label} description={about} size="xs" />
            ))}
          </Stack>
        </Radio.Group>
      ) : (
        <p className={dialog.about}>{secretStrings.dialogAtOnce}</p>
      )}
      <PasswordInput
        mt="md"
        size="xs"
        label={secretStrings.own}
        description={secretStrings.ownAbout(min, max)}
        value={own}
        error={fieldErrorOf(rotate.error, '/secret')}
        autoComplete="off"
        onChange={(event) => setOwn(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': secretStrings.show }}
      />
      {other === undefined ? null : (
        <Notice tone="bad" icon={IconAlertTriangle} role="alert">
          {other}
        </Notice>
      )}
      <div className={dialog.actions}>
        <Button variant="default" onClick={onClose}>
          {partsStrings.cancel}
        </Button>
        <Button type="submit" loading={rotate.isPending}>
          {secretStrings.confirm}
        </Button>
      </div>
    </form>
  );
}
