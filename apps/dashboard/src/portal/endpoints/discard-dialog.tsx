import { Button, Modal } from '@mantine/core';
import dialog from '../../parts/dialog.module.css';
import { endpointStrings } from '../../strings/endpoint.ts';
import { partsStrings } from '../../strings/parts.ts';

interface DiscardDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly isBusy: boolean;
  readonly onDiscard: () => void;
}

/** Before what is held is cancelled: that cannot be taken back for all at once. */
export function DiscardDialog({ opened, onClose, isBusy, onDiscard }: DiscardDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={endpointStrings.discardTitle}>
      <p className={dialog.about}>{endpointStrings.discardAbout}</p>
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
