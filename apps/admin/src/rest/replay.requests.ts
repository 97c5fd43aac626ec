import { replayableStatuses, type ReplayableStatus } from '#domain';
import { Described } from '#http-edge';
import {
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { MayBeAbsent } from './may-be-absent.ts';

const MAX_RATE = 5_000;
const whats = ['deliveries', 'failed', 'missed'] as const;

/** Which ones; what is absent bounds nothing. */
export class ReplayFilterRequest {
  @Described('Those of one webhook; "missed" needs it.')
  @MayBeAbsent()
  @Length(1, 200)
  @IsString()
  webhook?: string;

  @Described('An event type.')
  @MayBeAbsent()
  @Length(1, 128)
  @IsString()
  type?: string;

  @Described('How they stand.')
  @MayBeAbsent()
  @IsIn(replayableStatuses, { each: true })
  @ArrayUnique()
  @ArrayMinSize(1)
  @IsArray()
  status?: ReplayableStatus[];

  @Described('At or after this moment.')
  @MayBeAbsent()
  @IsISO8601({ strict: true, strictSeparator: true })
  since?: string;

  @Described('At or before this moment.')
  @MayBeAbsent()
  @IsISO8601({ strict: true, strictSeparator: true })
  until?: string;
}

/** POST /replays */
export class StartReplayRequest {
  @Described(
    'deliveries: what the filter names; failed: what failed within a time; missed: events that a webhook would want now and has no delivery of.',
  )
  @IsIn(whats)
  what!: (typeof whats)[number];

  @Described('Which ones; what is absent bounds nothing.')
  @MayBeAbsent()
  @ValidateNested()
  @IsObject()
  filter?: ReplayFilterRequest;

  @Described('Only for root keys that name no webhook.')
  @MayBeAbsent()
  @Length(1, 100)
  @IsString()
  tenant?: string;

  @Described('Counts, and sends nothing.')
  @MayBeAbsent()
  @IsBoolean()
  dry_run?: boolean;

  @Described('Deliveries a second.')
  @MayBeAbsent()
  @Max(MAX_RATE)
  @Min(1)
  @IsInt()
  rate?: number;

  @Described('Writes a new time into the bodies, where the contract refuses old ones (Hyperspell).')
  @MayBeAbsent()
  @IsBoolean()
  restamp?: boolean;

  @Described('Sends to webhooks that are off or failed, too.')
  @MayBeAbsent()
  @IsBoolean()
  include_inactive?: boolean;
}

/** PATCH /replays/:id */
export class UpdateReplayRequest {
  @Described('Deliveries a second.')
  @Max(MAX_RATE)
  @Min(1)
  @IsInt()
  rate!: number;
}

/** POST /webhooks/:id/held/release and /held/discard */
export class SettleHeldRequest {
  @Described('Deliveries a second.')
  @MayBeAbsent()
  @Max(MAX_RATE)
  @Min(1)
  @IsInt()
  rate?: number;
}
