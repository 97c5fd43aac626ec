import { heldChoices, signatureSchemes, type HeldChoice, type SignatureScheme } from '#domain';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { MayBeAbsent, MayBeNull } from './may-be-absent.ts';

const WEEK_SECONDS = 7 * 24 * 3_600;

/**
 * What POST, PATCH and PUT have in common. The lowest decorator is checked first and the first finding is told, so the
 * type stands nearest to the field.
 */
class WebhookSettings {
  /** Empty: all types, future ones included. */
  @MayBeAbsent()
  @Length(1, 128, { each: true })
  @IsString({ each: true })
  @ArrayMaxSize(100)
  @IsArray()
  events?: string[];

  @MayBeAbsent()
  @MaxLength(500)
  @IsString()
  description?: string;

  /** Extra request headers; names and values are checked one by one. */
  @MayBeAbsent()
  @IsObject()
  headers?: Record<string, string>;

  @MayBeAbsent()
  @IsBoolean()
  active?: boolean;
}

/** PATCH and PUT /webhooks/:id: what is absent stays as it is. */
export class UpdateWebhookRequest extends WebhookSettings {
  @MayBeAbsent()
  @Length(1, 4_096)
  @IsString()
  url?: string;
}

/** POST /webhooks */
export class CreateWebhookRequest extends WebhookSettings {
  @Length(1, 4_096)
  @IsString()
  url!: string;

  /** Absent: made by the contract's rule; null: unsigned, where the contract allows it. */
  @MayBeNull()
  @IsString()
  secret?: string | null;

  /** Where receivers may have a public key (standard-webhooks): absent: `v1`, a shared secret. */
  @MayBeAbsent()
  @IsIn(signatureSchemes)
  signature?: SignatureScheme;

  /** Only for root keys. */
  @MayBeAbsent()
  @Length(1, 100)
  @IsString()
  tenant?: string;
}

/** POST /webhooks/:id/rotate-secret */
export class RotateSecretRequest {
  @MayBeNull()
  @IsString()
  secret?: string | null;

  /** Absent: as before. */
  @MayBeAbsent()
  @IsIn(signatureSchemes)
  signature?: SignatureScheme;

  @MayBeAbsent()
  @Max(WEEK_SECONDS)
  @Min(0)
  @IsInt()
  grace_period_seconds?: number;
}

/** POST /webhooks/:id/enable */
export class EnableWebhookRequest {
  @MayBeAbsent()
  @IsIn(heldChoices)
  held?: HeldChoice;
}

/** POST /webhooks/:id/test */
export class TestWebhookRequest {
  @MayBeAbsent()
  @Length(1, 128)
  @IsString()
  type?: string;
}
