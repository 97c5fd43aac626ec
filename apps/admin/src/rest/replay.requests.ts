import { replayableStatuses, type ReplayableStatus } from '#domain';
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
  @MayBeAbsent()
  @Length(1, 200)
  @IsString()
  webhook?: string;

  @MayBeAbsent()
  @Length(1, 128)
  @IsString()
  type?: string;

  @MayBeAbsent()
  @IsIn(replayableStatuses, { each: true })
  @ArrayUnique()
  @ArrayMinSize(1)
  @IsArray()
  status?: ReplayableStatus[];

  @MayBeAbsent()
  @IsISO8601({ strict: true, strictSeparator: true })
  since?: string;

  @MayBeAbsent()
  @IsISO8601({ strict: true, strictSeparator: true })
  until?: string;
}

/** POST /replays */
export class StartReplayRequest {
  @IsIn(whats)
  what!: (typeof whats)[number];

  @MayBeAbsent()
  @ValidateNested()
  @IsObject()
  filter?: ReplayFilterRequest;

  /** Only for root keys that name no webhook. */
  @MayBeAbsent()
  @Length(1, 100)
  @IsString()
  tenant?: string;

  /** Counts, and sends nothing. */
  @MayBeAbsent()
  @IsBoolean()
  dry_run?: boolean;

  /** Deliveries a second. */
  @MayBeAbsent()
  @Max(MAX_RATE)
  @Min(1)
  @IsInt()
  rate?: number;

  /** Writes a new timestamp into the bodies, where the contract refuses old ones (Hyperspell). */
  @MayBeAbsent()
  @IsBoolean()
  restamp?: boolean;

  /** Sends to webhooks that are off or failed, too. */
  @MayBeAbsent()
  @IsBoolean()
  include_inactive?: boolean;
}

/** PATCH /replays/:id */
export class UpdateReplayRequest {
  @Max(MAX_RATE)
  @Min(1)
  @IsInt()
  rate!: number;
}

/** POST /webhooks/:id/held/release and /held/discard */
export class SettleHeldRequest {
  @MayBeAbsent()
  @Max(MAX_RATE)
  @Min(1)
  @IsInt()
  rate?: number;
}
