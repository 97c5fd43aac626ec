import { Button } from '@mantine/core';
import { IconBug } from '@tabler/icons-react';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { messageOf } from '../api/api-problem.ts';
import { CodeText } from '../parts/code-text.tsx';
import { Notice } from '../parts/notice.tsx';
import { shellStrings } from '../strings/shell.ts';

export function Crash({ error }: ErrorComponentProps) {
  const reload = (
    <Button variant="default" onClick={() => window.location.reload()}>
      {shellStrings.reload}
    </Button>
  );
  return (
    <Notice tone="bad" icon={IconBug} title={shellStrings.crashTitle} actions={reload} role="alert">
      <p>{shellStrings.crashAbout}</p>
      <CodeText text={messageOf(error)} label={shellStrings.crashTitle} />
    </Notice>
  );
}
