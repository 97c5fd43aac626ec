import { useQuery } from '@tanstack/react-query';
import { dataOf } from '../../api/api-client.ts';
import { useApi } from '../../api/api-context.tsx';
import type { Contract } from '../../api/schema.ts';
import { Card } from '../../parts/card.tsx';
import { LoadError } from '../../parts/load-error.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { opsStrings } from '../../strings/ops.ts';
import { spanText } from '../../time/spans.ts';
import type { Tier } from '../ops-schema.ts';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { useTiers } from '../use-stats.ts';
import classes from './catalogue-page.module.css';

const words = opsStrings.catalogue;

const tierColumns: readonly Column<Tier>[] = [
  { name: words.tier, cell: ({ name }) => <span className="mono">{name}</span> },
  { name: words.delay, cell: ({ delay_seconds: seconds }) => spanText(seconds) },
  { name: words.topic, cell: ({ topic }) => <span className="mono">{topic}</span> },
];

/** What this release can send, as it serves it. */
export function CataloguePage() {
  const { api } = useApi();
  const contracts = useQuery({
    queryKey: ['contracts'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/contracts', { signal })),
    staleTime: Infinity,
  });
  const tiers = useTiers();
  const failed = contracts.error ?? tiers.error;
  if (failed !== null) {
    const retry = () => {
      void contracts.refetch();
      void tiers.refetch();
    };
    return <LoadError error={failed} onRetry={retry} />;
  }
  if (contracts.data === undefined || tiers.data === undefined) return <Waiting />;
  return (
    <>
      <PageHead title={words.title} about={words.about} />
      <div className={classes.page}>
        {contracts.data.data.map((contract) => (
          <ContractCard key={contract.id} contract={contract} />
        ))}
        <Card title={words.tiers} about={words.tiersAbout} flush>
          <DataTable
            caption={words.tiers}
            columns={tierColumns}
            rows={tiers.data.data}
            keyOf={({ name }) => name}
          />
        </Card>
      </div>
    </>
  );
}

function ContractCard({ contract }: { readonly contract: Contract }) {
  const { id, title, event_types: types, open_types: open, delays_seconds: delays } = contract;
  const facts: readonly (readonly [string, string])[] = [
    [
      words.signature,
      `${contract.signature.header}: ${contract.signature.prefix}<${contract.signature.encoding}>`,
    ],
    [words.secretOwner, words.secrets[contract.secret.owner]],
    [words.url, words.urls[contract.https] ?? contract.https],
    [words.success, contract.success.map(rangeText).join(', ')],
    [words.timeout, spanText(contract.timeout_seconds)],
    [
      words.delays,
      delays.length === 0
        ? words.none
        : `${delays.map((delay) => spanText(delay)).join(', ')} · ${words.attempts(delays.length + 1)}`,
    ],
    [words.maxAge, contract.max_age_seconds === null ? words.none : spanText(contract.max_age_seconds)],
    [words.exhaustion, contract.exhaustion_disables ? words.exhaustionDisables : words.exhaustionEnds],
    [words.gone, contract.gone_disables ? words.goneDisables : words.goneRetries],
  ];
  const name = (
    <>
      {title} <span className={`mono ${classes.id ?? ''}`}>{id}</span>
    </>
  );
  return (
    <Card title={name}>
      <dl className={classes.facts}>
        {facts.map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
        <div className={classes.types}>
          <dt>{words.types}</dt>
          <dd>
            {types.map(({ type, description }) => (
              <span key={type} className={classes.type}>
                <span className="mono">{type}</span> <span className="muted">{description}</span>
              </span>
            ))}
            {open ? <span className="muted">{words.openTypes}</span> : null}
          </dd>
        </div>
      </dl>
    </Card>
  );
}

function rangeText([from, to]: readonly number[]): string {
  return from === to ? String(from) : `${String(from)}–${String(to)}`;
}
