import type { ReactNode } from 'react';
import classes from './card.module.css';

/**
 * A surface with a heading. `flush`: what is inside reaches its edges, as tables do. `isPage`: it is what the page is about, and its title
 * is the page's.
 */
export function Card({
  title,
  about,
  actions,
  flush = false,
  isPage = false,
  children,
}: {
  readonly title?: ReactNode;
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  readonly flush?: boolean;
  readonly isPage?: boolean;
  readonly children: ReactNode;
}) {
  const Title = isPage ? 'h1' : 'h2';
  return (
    <section className={classes.card}>
      {title === undefined ? null : (
        <header className={classes.head}>
          <div>
            <Title className={classes.title}>{title}</Title>
            {about === undefined ? null : <p className={classes.about}>{about}</p>}
          </div>
          {actions}
        </header>
      )}
      <div className={flush ? classes.flush : classes.body}>{children}</div>
    </section>
  );
}
