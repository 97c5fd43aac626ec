import { Described } from '#http-edge';
import { IsISO8601, IsString, Length, MaxLength } from 'class-validator';
import type { ListAudit } from '../use-cases/read-audit.ts';
import { limitOf, ListQuery } from './list.queries.ts';
import { MayBeAbsent } from './may-be-absent.ts';

/** GET /audit */
export class AuditQuery extends ListQuery {
  @Described('"previous" of the page after.')
  @MayBeAbsent()
  @MaxLength(2_000)
  @IsString()
  before?: string;

  @Described('Who decided: key:…')
  @MayBeAbsent()
  @Length(1, 128)
  @IsString()
  actor?: string;

  @Described('What was decided, like endpoint.updated.')
  @MayBeAbsent()
  @Length(1, 64)
  @IsString()
  type?: string;

  @Described('About which webhook, tenant or key.')
  @MayBeAbsent()
  @Length(1, 200)
  @IsString()
  subject?: string;

  @Described('At or after this moment.')
  @MayBeAbsent()
  @IsISO8601({ strict: true, strictSeparator: true })
  since?: string;

  @Described('Before this moment.')
  @MayBeAbsent()
  @IsISO8601({ strict: true, strictSeparator: true })
  until?: string;
}

export function auditAsk(query: AuditQuery): ListAudit {
  const { actor, type, subject, since, until, after, before } = query;
  const time = { since: momentOf(since), until: momentOf(until) };
  return { actor, type, subject, ...time, after, before, limit: limitOf(query) };
}

function momentOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}
