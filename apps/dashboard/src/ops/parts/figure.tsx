/**
 * A number that the API said. `name` is where it stands there (`tiers.5m.deliveries`), the value is what was said, unrounded: tests
 * compare both with SQL and with /metrics (docs/dashboard.md).
 */
export function Figure({
  name,
  value,
  text,
  className,
}: {
  readonly name: string;
  readonly value: number | null;
  readonly text: (value: number) => string;
  readonly className?: string | undefined;
}) {
  return (
    <data
      data-figure={name}
      value={value === null ? '' : String(value)}
      className={`figures ${className ?? ''}`}
    >
      {value === null ? '–' : text(value)}
    </data>
  );
}
