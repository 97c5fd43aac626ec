import { Skeleton } from '@mantine/core';
import { partsStrings } from '../strings/parts.ts';
import classes from './waiting.module.css';

/** The outline of a page that is on its way. */
export function Waiting() {
  return (
    <div className={classes.waiting} role="status" aria-label={partsStrings.loading}>
      <Skeleton height={28} width="16rem" />
      <Skeleton height={120} />
      <Skeleton height={240} />
    </div>
  );
}
