import { ActionIcon, Tooltip } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { CopyButton } from '../../parts/copy-button.tsx';
import { secretStrings } from '../../strings/secret.ts';
import classes from './secret.module.css';

const DOTS = '•'.repeat(24);

/** HL-4: dots, an eye, and a copy icon once there is something to copy. `onToggle` absent: there is no eye. */
export function SecretLine({
  secret,
  isFresh = false,
  isBusy = false,
  onToggle,
}: {
  /** null: hidden. */
  readonly secret: string | null;
  readonly isFresh?: boolean;
  readonly isBusy?: boolean;
  readonly onToggle?: (() => void) | undefined;
}) {
  const label = secret === null ? secretStrings.show : secretStrings.hide;
  return (
    <div className={`${classes.row ?? ''} ${isFresh ? (classes.fresh ?? '') : ''}`}>
      {secret === null ? (
        <span className={`${classes.value ?? ''} ${classes.dots ?? ''}`} aria-label={secretStrings.hidden}>
          {DOTS}
        </span>
      ) : (
        <span className={classes.value} data-testid="secret">
          {secret}
        </span>
      )}
      {onToggle === undefined ? null : (
        <Tooltip label={label}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={label}
            loading={isBusy}
            onClick={onToggle}
          >
            {secret === null ? <IconEye size={15} aria-hidden /> : <IconEyeOff size={15} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      )}
      {secret === null ? null : <CopyButton value={secret} what={secretStrings.what} />}
    </div>
  );
}
