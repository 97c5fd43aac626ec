import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import classes from './tenant-link.module.css';

/** To the pages of one tenant, as it sees them. */
export function TenantLink({ id, children }: { readonly id: string; readonly children?: ReactNode }) {
  return (
    <Link to="/portal" search={{ tenant: id }} className={classes.link ?? ''}>
      {children ?? id}
    </Link>
  );
}
