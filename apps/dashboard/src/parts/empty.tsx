import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './empty.module.css';

/** Nothing is there, why, and what to do about it. */
export function Empty({
  icon: Mark,
  title,
  children,
  actions,
}: {
  readonly icon: Icon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <div className={classes.empty}>
      <Mark size={32} stroke={1.4} className={classes.mark ?? ''} aria-hidden />
      <h2 className={classes.title}>{title}</h2>
      {children === undefined ? null : <p className={classes.about}>{children}</p>}
      {actions === undefined ? null : <div className={classes.actions}>{actions}</div>}
    </div>
  );
}
