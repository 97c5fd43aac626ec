import type { DataSource } from 'typeorm';
import { auditEntity, type AuditRow } from '../entities/audit-row.ts';
import { keysetPage, type ListOrder, type Page, type PageAsk } from './keyset-page.ts';

export interface AuditFilter extends PageAsk {
  /** `key:<id>`, `policy:<name>`, `installation`. */
  readonly actor?: string | undefined;
  /** Of facts, e.g. `endpoint.updated`. */
  readonly type?: string | undefined;
  /** Id of what the facts are about. */
  readonly subject?: string | undefined;
  /** Only what is about things of this kind. */
  readonly kind?: string | undefined;
  /** Epoch ms: from then on. */
  readonly since?: number | undefined;
  /** Epoch ms: before then. */
  readonly until?: number | undefined;
}

/** `tenantId` null: the operator, who sees all. */
export interface AuditQueries {
  /** Newest first. Throws ReadModelError on a bad cursor or limit. */
  readonly listAudit: (tenantId: string | null, filter: AuditFilter) => Promise<Page<AuditRow>>;
}

const newestFirst: ListOrder<AuditRow> = {
  list: 'audit',
  columns: ['entry.at', 'entry.position'],
  keyOf: (row) => [row.at, String(row.position)],
  isId: (id) => /^\d{1,15}$/.test(id),
};

export function auditQueries(dataSource: DataSource): AuditQueries {
  return {
    listAudit: (tenantId, filter) => {
      const query = dataSource.getRepository(auditEntity).createQueryBuilder('entry');
      const { actor, type, subject, kind, since, until } = filter;
      if (tenantId !== null) query.andWhere('entry.tenantId = :tenantId', { tenantId });
      if (actor !== undefined) query.andWhere('entry.actor = :actor', { actor });
      if (type !== undefined) query.andWhere('entry.type = :type', { type });
      if (subject !== undefined) query.andWhere('entry.subjectId = :subject', { subject });
      if (kind !== undefined) query.andWhere('entry.subjectKind = :kind', { kind });
      if (since !== undefined) query.andWhere('entry.at >= :since', { since: new Date(since) });
      if (until !== undefined) query.andWhere('entry.at < :until', { until: new Date(until) });
      return keysetPage(query, newestFirst, filter);
    },
  };
}
