import type { Replay } from '../../api/schema.ts';
import { replayStrings } from '../../strings/replays.ts';

/** What a job left out, and why. */
export function SkippedText({ skipped }: { readonly skipped: Replay['skipped'] }) {
  const reasons = Object.entries(skipped).filter(([, count]) => count > 0);
  if (reasons.length === 0) return null;
  const parts = reasons.map(([reason, count]) => `${String(count)} ${replayStrings.skips[reason] ?? reason}`);
  return (
    <div className="muted figures">
      {replayStrings.skipped}: {parts.join(', ')}.
    </div>
  );
}
