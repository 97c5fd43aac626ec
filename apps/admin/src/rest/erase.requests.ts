import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsObject,
  IsString,
  Length,
  Matches,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { MayBeAbsent } from './may-be-absent.ts';

const isScalar = (value: unknown): boolean =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** A value in the bodies of events. */
export class MatchRequest {
  @Matches(/^(\/([^~/]|~[01])*)+$/, {
    message: 'pointer must be a JSON pointer into the body, like /data/email',
  })
  @Length(1, 500)
  @IsString()
  pointer!: string;

  @ValidateBy({
    name: 'isScalar',
    validator: {
      validate: isScalar,
      defaultMessage: () => 'equals must be text, a number, true, false or null',
    },
  })
  equals!: string | number | boolean | null;
}

/** POST /tenants/:id/erase. Empty: everything of the tenant. */
export class EraseRequest {
  @MayBeAbsent()
  @Length(1, 200, { each: true })
  @IsString({ each: true })
  @ArrayMaxSize(1_000)
  @ArrayMinSize(1)
  @IsArray()
  event_ids?: string[];

  @MayBeAbsent()
  @ValidateNested()
  @IsObject()
  match?: MatchRequest;
}
