import { Card } from '../../parts/card.tsx';
import { overviewStrings } from '../../strings/ops-overview.ts';
import type { Stats } from '../ops-schema.ts';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { latencyText } from '../parts/figure-text.ts';
import { Figure } from '../parts/figure.tsx';

const words = overviewStrings.latency;
const quantiles = ['p50', 'p95', 'p99'] as const;

/** How long things take, for most and for the slowest. */
export function LatencyCard({
  stats: { attempts, end_to_end_seconds: endToEnd },
}: {
  readonly stats: Stats;
}) {
  const columns: readonly Column<(typeof quantiles)[number]>[] = [
    { name: words.quantile, cell: (quantile) => words.names[quantile] },
    {
      name: words.endToEnd,
      numeric: true,
      cell: (quantile) => (
        <Figure name={`end_to_end_seconds.${quantile}`} value={endToEnd[quantile]} text={latencyText} />
      ),
    },
    {
      name: words.receiver,
      numeric: true,
      cell: (quantile) => (
        <Figure
          name={`attempts.duration_seconds.${quantile}`}
          value={attempts.duration_seconds[quantile]}
          text={latencyText}
        />
      ),
    },
  ];
  return (
    <Card title={words.title} about={words.about} flush>
      <DataTable caption={words.title} columns={columns} rows={quantiles} keyOf={(quantile) => quantile} />
    </Card>
  );
}
