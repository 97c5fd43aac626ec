import {
  type HeldChoice,
  heldChoices,
  MAX_CONCURRENCY,
  type SignatureScheme,
  signatureSchemes,
} from '#domain';
import { Described } from '#http-edge';
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
export class WebhookSettings {
  @Described('Types that it wants. Absent or empty: all, future ones included.')
  @MayBeAbsent()
  @Length(1, 128, { each: true })
  @IsString({ each: true })
  @ArrayMaxSize(100)
  @IsArray()
  events?: string[];

  @Described('For people.')
  @MayBeAbsent()
  @MaxLength(500)
  @IsString()
  description?: string;

  @Described('Up to 20 extra request headers; their values are never shown again.', {
    additionalProperties: { type: 'string' },
  })
  @MayBeAbsent()
  @IsObject()
  headers?: Record<string, string>;

  @Described(
    'What the receiver can take; of those that are not named nothing changes, null takes one away.',
    {
      properties: {
        per_second: { type: ['number', 'null'], minimum: 0.01, maximum: 10_000 },
        concurrency: { type: ['integer', 'null'], minimum: 1, maximum: MAX_CONCURRENCY },
      },
      additionalProperties: false,
    },
  )
  @MayBeAbsent()
  @IsObject()
  limits?: Record<string, number | null>;

  @Described('Does it get events? Absent: true where it is made, else as it is.')
  @MayBeAbsent()
  @IsBoolean()
  active?: boolean;
}

/** PATCH and PUT /webhooks/:id: what is absent stays as it is. */
export class UpdateWebhookRequest extends WebhookSettings {
  @Described('https, port 443 or 8443, a public host, no user name, no fragment.')
  @MayBeAbsent()
  @Length(1, 4_096)
  @IsString()
  url?: string;
}

/** POST /webhooks */
export class CreateWebhookRequest extends WebhookSettings {
  @Described('https, port 443 or 8443, a public host, no user name, no fragment.')
  @Length(1, 4_096)
  @IsString()
  url!: string;

  @Described('Absent: made by the rule of the contract; null: unsigned, where the contract allows it.')
  @MayBeNull()
  @IsString()
  secret?: string | null;

  @Described('Where receivers may have a public key (standard-webhooks). Absent: v1, a shared secret.')
  @MayBeAbsent()
  @IsIn(signatureSchemes)
  signature?: SignatureScheme;

  @Described('Whose it is; for root keys only.')
  @MayBeAbsent()
  @Length(1, 100)
  @IsString()
  tenant?: string;
}

/** POST /webhooks/:id/rotate-secret */
export class RotateSecretRequest {
  @Described('Absent: made by the rule of the contract; null: sign no more, where the contract allows it.')
  @MayBeNull()
  @IsString()
  secret?: string | null;

  @Described('Absent: as before.')
  @MayBeAbsent()
  @IsIn(signatureSchemes)
  signature?: SignatureScheme;

  @Described('How long the one before goes on signing beside it, where several secrets sign at once.')
  @MayBeAbsent()
  @Max(WEEK_SECONDS)
  @Min(0)
  @IsInt()
  grace_period_seconds?: number;
}

/** POST /webhooks/:id/enable */
export class EnableWebhookRequest {
  @Described('What becomes of held deliveries; release: they are sent.')
  @MayBeAbsent()
  @IsIn(heldChoices)
  held?: HeldChoice;
}

/** POST /webhooks/:id/test */
export class TestWebhookRequest {
  @Described('An event type of the contract. Absent: its first.')
  @MayBeAbsent()
  @Length(1, 128)
  @IsString()
  type?: string;
}
