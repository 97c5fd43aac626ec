import { Button } from '@mantine/core';
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react';
import { hasCode, messageOf } from '../api/api-problem.ts';
import { partsStrings } from '../strings/parts.ts';
import { Notice } from './notice.tsx';

/** Something could not be read: what was said, and a way to ask once more. */
export function LoadError({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const retry = (
    <Button variant="default" onClick={onRetry}>
      {partsStrings.retry}
    </Button>
  );
  if (hasCode(error, 'unavailable')) {
    return (
      <Notice
        tone="wait"
        icon={IconPlugConnectedX}
        title={partsStrings.unavailableTitle}
        actions={retry}
        role="alert"
      >
        {partsStrings.unavailableAbout}
      </Notice>
    );
  }
  return (
    <Notice tone="bad" icon={IconAlertTriangle} title={partsStrings.errorTitle} actions={retry} role="alert">
      {messageOf(error)}
    </Notice>
  );
}
