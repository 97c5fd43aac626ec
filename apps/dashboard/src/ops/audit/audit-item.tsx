import { IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { opsStrings } from '../../strings/ops.ts';
import { absoluteText, Moment } from '../../time/moment.tsx';
import type { AuditEntry } from '../ops-schema.ts';
import { TenantLink } from '../parts/tenant-link.tsx';
import classes from './audit-item.module.css';
import type { AuditSearch } from './audit-search.ts';
import { changedFields, diffOf } from './diff.ts';
import { DiffTable } from './diff-table.tsx';

const words = opsStrings.audit;

/** One decision in a line; opened, what it changed. */
export function AuditItem({ entry, search }: { readonly entry: AuditEntry; readonly search: AuditSearch }) {
  const { at, actor, type, subject, tenant, before, after, details } = entry;
  const changes = diffOf(before, after);
  const fields = changedFields(changes);
  const told = before === null || after === null ? Object.keys(details) : fields;
  return (
    <li className={classes.item}>
      <details>
        <summary className={classes.line}>
          <IconChevronRight size={15} className={classes.mark ?? ''} aria-hidden />
          <span className={classes.when}>
            <Moment at={at} />
          </span>
          <span className={`mono ${classes.type ?? ''}`}>{type}</span>
          <span className={`mono ${classes.subject ?? ''}`}>{subject.id ?? subject.kind}</span>
          <span className={classes.what}>{told.slice(0, 4).join(', ')}</span>
          <span className={classes.who}>{actor}</span>
        </summary>
        <div className={classes.inside}>
          <p className={classes.links}>
            <span>{absoluteText(at)}</span>
            <span>{words.position(entry.control_position)}</span>
            {tenant === null ? <span>{words.installation}</span> : <TenantLink id={tenant} />}
            {subject.id === null ? null : (
              <Link to="/ops/audit" search={{ ...search, subject: subject.id }}>
                {words.onlySubject(subject.id)}
              </Link>
            )}
            <Link to="/ops/audit" search={{ ...search, actor }}>
              {words.onlyActor(actor)}
            </Link>
          </p>
          {changes.length === 0 ? (
            <p className={classes.unchanged}>{words.unchanged}</p>
          ) : (
            <DiffTable caption={words.diffOf(type)} changes={changes} />
          )}
          <Details details={details} />
        </div>
      </details>
    </li>
  );
}

function Details({ details }: { readonly details: AuditEntry['details'] }) {
  const told = diffOf(null, details);
  if (told.length === 0) return null;
  return (
    <dl className={classes.details} aria-label={words.details}>
      {told.map(({ field, after }) => (
        <div key={field}>
          <dt>{field}</dt>
          <dd className="mono">{after}</dd>
        </div>
      ))}
    </dl>
  );
}
