import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './notice.module.css';
import type { Tone } from './pill.tsx';

/** Something to know, with what can be done about it. */
export function Notice({
  tone,
  icon: Mark,
  title,
  children,
  actions,
  role,
}: {
  readonly tone: Tone;
  readonly icon: Icon;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** `alert` where it answers what was just done. */
  readonly role?: 'alert' | 'status';
}) {
  return (
    <div className={`${classes.notice ?? ''} ${classes[tone] ?? ''}`} role={role}>
      <Mark size={17} aria-hidden />
      <div className={classes.body}>
        {title === undefined ? null : <div className={classes.title}>{title}</div>}
        {children}
        {actions === undefined ? null : <div className={classes.actions}>{actions}</div>}
      </div>
    </div>
  );
}
