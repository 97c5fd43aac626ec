import classes from './code-text.module.css';

/** Text exactly as it is. A text node and nothing else: what strangers answer stands here. */
export function CodeText({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    // It scrolls, so the keyboard must reach it.
    <pre className={classes.text} tabIndex={0} role="region" aria-label={label}>
      {text}
    </pre>
  );
}
