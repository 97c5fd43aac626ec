import { scopes, type Scope } from '#domain';
import {
  ArrayMaxSize,
  ArrayMinSize,
  Equals,
  IsArray,
  IsBoolean,
  IsIn,
  IsISO8601,
  IsObject,
  IsString,
  Length,
  Matches,
} from 'class-validator';
import { conflictChoices, type ConflictChoice } from '../use-cases/transfer/plan-line.ts';
import { MayBeAbsent, MayBeNull } from './may-be-absent.ts';
import { WebhookSettings } from './webhook.requests.ts';

/** Ids of other systems come along as they are. */
const IMPORTED_ID = /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}$/;
const idMessage = {
  message: 'id must have 1 to 100 letters, digits or _ . : - and begin with a letter or digit',
};
const MOST_LINES = 1_000;

/** POST /import. Each line is checked by itself, so that a wrong one is told in its place and stops no other. */
export class ImportRequest {
  @ArrayMaxSize(MOST_LINES)
  @ArrayMinSize(1)
  @IsArray()
  lines!: unknown[];

  @MayBeAbsent()
  @IsIn(conflictChoices)
  on_conflict?: ConflictChoice;

  @MayBeAbsent()
  @IsBoolean()
  dry_run?: boolean;
}

export class TenantLineRequest {
  @Equals('tenant')
  kind!: 'tenant';

  @Matches(IMPORTED_ID, idMessage)
  @IsString()
  id!: string;

  @Length(1, 200)
  @IsString()
  name!: string;

  @MayBeAbsent()
  @Length(1, 100)
  @IsString()
  contract?: string;

  @MayBeAbsent()
  @IsObject()
  attributes?: Record<string, string>;

  @MayBeAbsent()
  @IsBoolean()
  entitled?: boolean;

  /** Of its plan. */
  @MayBeAbsent()
  @IsObject()
  limits?: Record<string, number | null>;

  /** Only where the contract signs with the tenant's own; null: none. */
  @MayBeNull()
  @IsString()
  secret?: string | null;
}

export class KeyLineRequest {
  @Equals('key')
  kind!: 'key';

  @Matches(IMPORTED_ID, idMessage)
  @IsString()
  id!: string;

  /** Null: a root key. */
  @MayBeNull()
  @Length(1, 100)
  @IsString()
  tenant?: string | null;

  @Length(1, 200)
  @IsString()
  name!: string;

  /** First characters of the key, for people to tell keys apart. */
  @Length(1, 40)
  @IsString()
  prefix!: string;

  @Matches(/^[0-9a-f]{64}$/, { message: 'hash must be the SHA-256 of the whole key, in hex' })
  @IsString()
  hash!: string;

  @IsIn(scopes, { each: true })
  @ArrayMaxSize(20)
  @ArrayMinSize(1)
  @IsArray()
  scopes!: Scope[];

  /** Null: never. */
  @MayBeNull()
  @IsISO8601({ strict: true, strictSeparator: true })
  expires_at?: string | null;
}

/** One of `secrets`. */
export class SecretRequest {
  @IsString()
  secret!: string;

  /** Until when it signs; null: until replaced. */
  @MayBeNull()
  @IsISO8601({ strict: true, strictSeparator: true })
  until?: string | null;
}

export class WebhookLineRequest extends WebhookSettings {
  @Equals('webhook')
  kind!: 'webhook';

  @Matches(IMPORTED_ID, idMessage)
  @IsString()
  id!: string;

  @Length(1, 100)
  @IsString()
  tenant!: string;

  @Length(1, 4_096)
  @IsString()
  url!: string;

  /** Null: unsigned by explicit choice, or signed with the tenant's. */
  @MayBeNull()
  @IsString()
  secret?: string | null;

  /** In place of `secret`, where several sign at once: newest first. */
  @MayBeAbsent()
  @IsObject({ each: true })
  @ArrayMaxSize(10)
  @IsArray()
  secrets?: SecretRequest[];
}
