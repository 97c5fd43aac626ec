import { scopes, type Scope } from '#domain';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsISO8601, IsString, Length } from 'class-validator';
import { MayBeAbsent } from './may-be-absent.ts';

/** POST /keys */
export class CreateKeyRequest {
  @IsString()
  @Length(1, 200)
  name!: string;

  /** Absent: a root key. */
  @MayBeAbsent()
  @IsString()
  @Length(1, 100)
  tenant?: string;

  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @IsIn(scopes, { each: true })
  scopes?: Scope[];

  /** Absent: never. */
  @MayBeAbsent()
  @IsISO8601({ strict: true, strictSeparator: true })
  expires_at?: string;
}
