import { useDocumentTitle } from '@mantine/hooks';
import { titleOf } from '../../strings/shell.ts';
import { Button, Skeleton } from '@mantine/core';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Activity, Webhook } from '../../api/schema.ts';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { LoadError } from '../../parts/load-error.tsx';
import rows from '../../parts/rows.module.css';
import { EndpointPill } from '../../parts/status-pill.tsx';
import { partsStrings } from '../../strings/parts.ts';
import { portalStrings } from '../../strings/portal.ts';
import { usePortal } from '../portal-context.tsx';
import { useActivity, useWebhooks } from '../queries.ts';
import { Day, Success } from './activity.tsx';
import classes from './endpoint-list.module.css';

const words = portalStrings.endpoints;

/** The tenant's endpoints, and how each does. */
export function EndpointList() {
  useDocumentTitle(titleOf(words.title));
  const { may } = usePortal();
  const webhooks = useWebhooks();
  const add = may('endpoints:write') ? (
    <LinkButton to="/portal/endpoints/new" leftSection={<IconPlus size={15} aria-hidden />}>
      {words.add}
    </LinkButton>
  ) : null;
  return (
    <Card title={words.title} about={words.about} actions={add} flush isPage>
      <List webhooks={webhooks} add={add} />
    </Card>
  );
}

function List({
  webhooks,
  add,
}: {
  readonly webhooks: ReturnType<typeof useWebhooks>;
  readonly add: ReactNode;
}) {
  const all = webhooks.data?.pages.flatMap(({ data }) => data) ?? [];
  const activity = useActivity(all.map(({ id }) => id));
  if (webhooks.data === undefined) {
    return (
      <div className={classes.aside}>
        {webhooks.error === null ? (
          <div role="status" aria-label={partsStrings.loading}>
            <Skeleton height={44} mb="sm" />
            <Skeleton height={44} />
          </div>
        ) : (
          <LoadError error={webhooks.error} onRetry={() => void webhooks.refetch()} />
        )}
      </div>
    );
  }
  if (all.length === 0) {
    return (
      <Empty icon={IconWebhook} title={words.noneTitle} actions={add}>
        {words.noneAbout}
      </Empty>
    );
  }
  return (
    <>
      <table className={rows.table}>
        <thead>
          <tr>
            <th scope="col">{words.columns.endpoint}</th>
            <th scope="col">{words.columns.status}</th>
            <th scope="col">{words.columns.events}</th>
            <th scope="col">{words.columns.day}</th>
            <th scope="col" className={rows.number}>
              {words.columns.success}
            </th>
          </tr>
        </thead>
        <tbody>
          {all.map((webhook) => (
            <Row
              key={webhook.id}
              webhook={webhook}
              activity={activity.data?.get(webhook.id)}
              hasFailed={activity.isError}
            />
          ))}
        </tbody>
      </table>
      {webhooks.hasNextPage ? (
        <div className={classes.aside}>
          <Button
            variant="default"
            loading={webhooks.isFetchingNextPage}
            onClick={() => void webhooks.fetchNextPage()}
          >
            {words.more}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function Row({
  webhook,
  activity,
  hasFailed,
}: {
  readonly webhook: Webhook;
  /** Undefined: it is on its way, or (`hasFailed`) cannot be read now. */
  readonly activity: Activity | undefined;
  readonly hasFailed: boolean;
}) {
  const { contract } = usePortal();
  const labelOf = (type: string) => contract.event_types.find((one) => one.type === type)?.label ?? type;
  return (
    <tr className={classes.row}>
      <td>
        <Link
          to="/portal/endpoints/$id"
          params={{ id: webhook.id }}
          className={`mono ${rows.link ?? ''} ${classes.link ?? ''}`}
        >
          {webhook.url}
        </Link>
        {webhook.description === '' ? null : <span className={rows.sub}>{webhook.description}</span>}
      </td>
      <td>
        <EndpointPill status={webhook.status} text={words.status[webhook.status]} />
      </td>
      <td className={classes.events}>
        {webhook.events.length === 0 ? words.allEvents : webhook.events.map(labelOf).join(', ')}
      </td>
      <td>{activity === undefined ? <Missing hasFailed={hasFailed} /> : <Day activity={activity} />}</td>
      <td className={rows.number} data-label={words.columns.success}>
        {activity === undefined ? null : <Success activity={activity} />}
      </td>
    </tr>
  );
}

function Missing({ hasFailed }: { readonly hasFailed: boolean }) {
  if (hasFailed) return <span className="muted">{words.dayUnknown}</span>;
  return <Skeleton height={28} width={150} />;
}
