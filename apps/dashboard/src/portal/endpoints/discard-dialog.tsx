import { Button, Modal } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { messageOf } from '../../api/api-problem.ts';
import dialog from '../../parts/dialog.module.css';
import { Notice } from '../../parts/notice.tsx';
import { endpointStrings } from '../../strings/endpoint.ts';
import { partsStrings } from '../../strings/parts.ts';

interface DiscardDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly isBusy: boolean;
  /** Why it was not done; null: nothing went wrong. */
  readonly error: Error | null;
  readonly onDiscard: () => void;
}

/** Before what is held is cancelled: that cannot be taken back for all at once. */
export function DiscardDialog({ opened, onClose, isBusy, error, onDiscard }: DiscardDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={endpointStrings.discardTitle}
      closeButtonProps={{ 'aria-label': partsStrings.close }}
    >
      <p className={dialog.about}>{endpointStrings.discardAbout}</p>
      {error === null ? null : (
        <Notice tone="bad" icon={IconAlertTriangle} role="alert">
          {messageOf(error)}
        </Notice>
      )}
      <div className={dialog.actions}>
        <Button variant="default" data-autofocus onClick={onClose}>
          {partsStrings.cancel}
        </Button>
        <Button color="red" loading={isBusy} onClick={onDiscard}>
          {endpointStrings.discardConfirm}
        </Button>
      </div>
    </Modal>
  );
}
