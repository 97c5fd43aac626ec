import { heldChoices, type HeldChoice } from '#domain';
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

/** What POST, PATCH and PUT have in common. */
class WebhookSettings {
  /** Empty: all types, future ones included. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @Length(1, 128, { each: true })
  events?: string[];

  @MayBeAbsent()
  @IsString()
  @MaxLength(500)
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
  @IsString()
  @Length(1, 4_096)
  url?: string;
}

/** POST /webhooks */
export class CreateWebhookRequest extends WebhookSettings {
  @IsString()
  @Length(1, 4_096)
  url!: string;

  /** Absent: made by the contract's rule; null: unsigned, where the contract allows it. */
  @MayBeNull()
  @IsString()
  secret?: string | null;

  /** Only for root keys. */
  @MayBeAbsent()
  @IsString()
  @Length(1, 100)
  tenant?: string;
}

/** POST /webhooks/:id/rotate-secret */
export class RotateSecretRequest {
  @MayBeNull()
  @IsString()
  secret?: string | null;

  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(WEEK_SECONDS)
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
  @IsString()
  @Length(1, 128)
  type?: string;
}
