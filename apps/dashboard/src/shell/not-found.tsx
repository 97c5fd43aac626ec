import { IconMapOff } from '@tabler/icons-react';
import { Empty } from '../parts/empty.tsx';
import { LinkButton } from '../parts/link-button.tsx';
import { shellStrings } from '../strings/shell.ts';

export function NotFound() {
  const start = (
    <LinkButton to="/" variant="default">
      {shellStrings.toStart}
    </LinkButton>
  );
  return (
    <Empty isPage icon={IconMapOff} title={shellStrings.notFoundTitle} actions={start}>
      {shellStrings.notFoundAbout}
    </Empty>
  );
}
