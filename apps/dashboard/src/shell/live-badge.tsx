import { Tooltip } from '@mantine/core';
import { useLiveState } from '../live/live.tsx';
import { partsStrings } from '../strings/parts.ts';
import classes from './live-badge.module.css';

/** Whether what is on the screen follows the engine by itself. */
export function LiveBadge() {
  const state = useLiveState();
  if (state === null) return null;
  return (
    <Tooltip label={partsStrings.liveAbout[state]}>
      <span className={`${classes.badge ?? ''} ${classes[state] ?? ''}`} role="status" data-live={state}>
        <span className={classes.dot} aria-hidden />
        {partsStrings.live[state]}
      </span>
    </Tooltip>
  );
}
