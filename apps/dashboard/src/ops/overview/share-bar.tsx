import classes from './share-bar.module.css';

/** How much of the whole a part is; what it says stands beside it in figures. */
export function ShareBar({ part, whole }: { readonly part: number; readonly whole: number }) {
  const share = whole === 0 ? 0 : Math.round((part / whole) * 100);
  return (
    <span className={classes.bar} aria-hidden>
      <span className={classes.part} style={{ width: `${String(share)}%` }} />
    </span>
  );
}
