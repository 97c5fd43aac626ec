import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './empty.module.css';

/** Nothing is there, why, and what to do about it. */
export function Empty({
  icon: Mark,
  title,
  isPage = false,
  children,
  actions,
}: {
  readonly icon: Icon;
  readonly title: string;
  /** It is all that the page has to say. */
  readonly isPage?: boolean;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}) {
  const Title = isPage ? 'h1' : 'h2';
  return (
    <div className={classes.empty}>
      <Mark size={32} stroke={1.4} className={classes.mark ?? ''} aria-hidden />
      <Title className={classes.title}>{title}</Title>
      {children === undefined ? null : <p className={classes.about}>{children}</p>}
      {actions === undefined ? null : <div className={classes.actions}>{actions}</div>}
    </div>
  );
}
