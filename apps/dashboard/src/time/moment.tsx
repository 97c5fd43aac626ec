import { Tooltip } from '@mantine/core';
import { useNow } from './clock.ts';
import { countdownText, relativeText } from './spans.ts';

const absolute = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
});

/** In the zone of who looks, which is named: `28 Nov 2026, 22:40:05 CET`. */
export function absoluteText(at: string): string {
  return absolute.format(new Date(at));
}

/** How long ago something was; the exact time on hover and for screen readers' users who ask. */
export function Moment({ at }: { readonly at: string }) {
  const now = useNow();
  return (
    <Tooltip label={<AbsoluteBoth at={at} />}>
      <time dateTime={at} className="figures">
        {relativeText(Date.parse(at), now)}
      </time>
    </Tooltip>
  );
}

/** How long until something is due. */
export function Countdown({ at }: { readonly at: string }) {
  const now = useNow();
  return (
    <Tooltip label={<AbsoluteBoth at={at} />}>
      <time dateTime={at} className="figures">
        {countdownText(Date.parse(at), now)}
      </time>
    </Tooltip>
  );
}

function AbsoluteBoth({ at }: { readonly at: string }) {
  return (
    <>
      {absoluteText(at)}
      <br />
      <span className="mono">{at}</span>
    </>
  );
}
