import { useEffect, type ReactNode } from 'react';
import { opsStrings } from '../../strings/ops.ts';
import classes from './page-head.module.css';

/** The name of a page, said once to the eye and once to the browser's tab. */
export function PageHead({
  title,
  about,
  children,
}: {
  readonly title: string;
  readonly about?: ReactNode;
  readonly children?: ReactNode;
}) {
  useEffect(() => {
    const before = document.title;
    document.title = opsStrings.tabTitle(title);
    return () => {
      document.title = before;
    };
  }, [title]);
  return (
    <header className={classes.head}>
      <div>
        <h1 className={classes.title}>{title}</h1>
        {about === undefined ? null : <p className={classes.about}>{about}</p>}
      </div>
      {children}
    </header>
  );
}
