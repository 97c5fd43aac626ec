import { ActionIcon, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { partsStrings } from '../strings/parts.ts';

/** `what` says in words what is copied, for the label: "URL", "secret". */
export function CopyButton({ value, what }: { readonly value: string; readonly what: string }) {
  const clipboard = useClipboard({ timeout: 1_500 });
  const failed = clipboard.error !== null;
  const label = failed
    ? partsStrings.notCopied
    : clipboard.copied
      ? partsStrings.copied
      : partsStrings.copy(what);
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={label}
        onClick={() => clipboard.copy(value)}
      >
        {clipboard.copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  );
}
