import { Button, Modal } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useBlocker } from '@tanstack/react-router';
import dialog from '../../parts/dialog.module.css';
import { formStrings } from '../../strings/form.ts';
import classes from './form.module.css';

/** Stands over everything while something is unsaved, and keeps people from leaving by mistake. */
export function UnsavedBar({
  isNew = false,
  isSaving,
  canSave,
  onSave,
  onDiscard,
}: {
  readonly isNew?: boolean;
  readonly isSaving: boolean;
  readonly canSave: boolean;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
}) {
  return (
    <div className={classes.bar}>
      <div className={classes.barInside} role="region" aria-label={formStrings.unsaved}>
        <span className={classes.barText}>
          <IconPencil size={16} aria-hidden />
          {isNew ? formStrings.unsavedNew : formStrings.unsaved}
        </span>
        <Button variant="default" disabled={isSaving} onClick={onDiscard}>
          {formStrings.discard}
        </Button>
        <Button loading={isSaving} disabled={!canSave} onClick={onSave}>
          {isNew ? formStrings.create : formStrings.save}
        </Button>
      </div>
    </div>
  );
}

/** Asks before the page is left. Filters and drawers of the same page are not leaving. */
export function LeaveGuard({ isDirty }: { readonly isDirty: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && current.pathname !== next.pathname,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  });
  return (
    <Modal
      opened={blocker.status === 'blocked'}
      onClose={() => blocker.reset?.()}
      title={formStrings.leaveTitle}
    >
      <p className={dialog.about}>{formStrings.leaveAbout}</p>
      <div className={dialog.actions}>
        <Button variant="default" data-autofocus onClick={() => blocker.reset?.()}>
          {formStrings.stay}
        </Button>
        <Button color="red" onClick={() => blocker.proceed?.()}>
          {formStrings.leave}
        </Button>
      </div>
    </Modal>
  );
}
