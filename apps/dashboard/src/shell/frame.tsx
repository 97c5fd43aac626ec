import { ActionIcon, Tooltip } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useSession } from '../session/session.tsx';
import { sessionStrings } from '../strings/session.ts';
import { shellStrings } from '../strings/shell.ts';
import { BrandMark } from './brand-mark.tsx';
import classes from './frame.module.css';
import { LiveBadge } from './live-badge.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

/** What stands around every page of a view: its name, its places, and the session. */
export function Frame({
  whose,
  nav,
  tools,
  children,
}: {
  /** Whose data is shown. */
  readonly whose: ReactNode;
  readonly nav: ReactNode;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}) {
  const { signOut } = useSession();
  return (
    <>
      <a href="#content" className={classes.skip}>
        {shellStrings.skip}
      </a>
      <header className={classes.bar}>
        <div className={classes.inside}>
          <Link to="/" className={classes.brand ?? ''}>
            <BrandMark />
            {shellStrings.product}
            <span className={classes.whose}>{whose}</span>
          </Link>
          <nav className={classes.nav} aria-label={shellStrings.nav}>
            {nav}
          </nav>
          <div className={classes.tools}>
            {tools}
            <LiveBadge />
            <ThemeSwitch />
            <Tooltip label={sessionStrings.signOut}>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={sessionStrings.signOut}
                onClick={signOut}
              >
                <IconLogout size={17} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </div>
        </div>
      </header>
      <main id="content" className={classes.main} tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
