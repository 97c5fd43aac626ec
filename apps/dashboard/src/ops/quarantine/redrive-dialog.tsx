import { Button, Group, Modal } from '@mantine/core';
import { partsStrings } from '../../strings/parts.ts';
import { quarantineStrings as words } from '../../strings/quarantine.ts';
import type { QuarantinedRecord } from '../ops-schema.ts';

/** What was wrong with it must have been mended: that is asked before it goes back. */
export function RedriveDialog({
  opened,
  record: { topic, partition, offset, reason },
  onKeep,
  onRedrive,
}: {
  readonly opened: boolean;
  readonly record: QuarantinedRecord;
  readonly onKeep: () => void;
  readonly onRedrive: () => void;
}) {
  return (
    <Modal
      opened={opened}
      onClose={onKeep}
      title={words.redriveTitle}
      closeButtonProps={{ 'aria-label': partsStrings.close }}
    >
      <p className="mono">{words.place(topic, partition, offset)}</p>
      <p>{words.redriveAbout}</p>
      <p className="muted">{reason}</p>
      <Group justify="flex-end" gap="0.5rem">
        <Button variant="default" onClick={onKeep} data-autofocus>
          {partsStrings.cancel}
        </Button>
        <Button onClick={onRedrive}>{words.redrive}</Button>
      </Group>
    </Modal>
  );
}
