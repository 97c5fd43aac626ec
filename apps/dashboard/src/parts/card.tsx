import type { ReactNode } from 'react';
import classes from './card.module.css';

/** A surface with a heading. `flush`: what is inside reaches its edges, as tables do. */
export function Card({
  title,
  about,
  actions,
  flush = false,
  children,
}: {
  readonly title?: ReactNode;
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  readonly flush?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <section className={classes.card}>
      {title === undefined ? null : (
        <header className={classes.head}>
          <div>
            <h2 className={classes.title}>{title}</h2>
            {about === undefined ? null : <p className={classes.about}>{about}</p>}
          </div>
          {actions}
        </header>
      )}
      <div className={flush ? classes.flush : classes.body}>{children}</div>
    </section>
  );
}
