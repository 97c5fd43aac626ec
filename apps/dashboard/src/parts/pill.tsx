import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './pill.module.css';

export type Tone = 'good' | 'bad' | 'wait' | 'held' | 'still' | 'accent';

/** A state in a word: never by colour alone. */
export function Pill({
  tone,
  icon: Mark,
  children,
}: {
  readonly tone: Tone;
  readonly icon?: Icon;
  readonly children: ReactNode;
}) {
  return (
    <span className={`${classes.pill ?? ''} ${classes[tone] ?? ''}`} data-tone={tone}>
      {Mark === undefined ? null : <Mark size={13} stroke={2.2} aria-hidden />}
      {children}
    </span>
  );
}
