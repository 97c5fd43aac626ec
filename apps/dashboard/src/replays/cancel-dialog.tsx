import { Button, Group, Modal } from '@mantine/core';
import { partsStrings } from '../strings/parts.ts';
import { replayStrings as words } from '../strings/replays.ts';

/** Ending a job cannot be taken back, so it is asked once more. */
export function CancelDialog({
  opened,
  remaining,
  onKeep,
  onEnd,
}: {
  readonly opened: boolean;
  readonly remaining: number;
  readonly onKeep: () => void;
  readonly onEnd: () => void;
}) {
  return (
    <Modal
      opened={opened}
      onClose={onKeep}
      title={words.cancelTitle}
      closeButtonProps={{ 'aria-label': partsStrings.close }}
    >
      <p>{words.cancelAbout(remaining)}</p>
      <Group justify="flex-end" gap="0.5rem">
        <Button variant="default" onClick={onKeep} data-autofocus>
          {words.keep}
        </Button>
        <Button color="red" onClick={onEnd}>
          {words.end}
        </Button>
      </Group>
    </Modal>
  );
}
