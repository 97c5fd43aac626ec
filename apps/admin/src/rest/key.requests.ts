import { scopes, type Scope } from '#domain';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsISO8601, IsString, Length } from 'class-validator';
import { MayBeAbsent } from './may-be-absent.ts';

/** POST /keys */
export class CreateKeyRequest {
  @Length(1, 200)
  @IsString()
  name!: string;

  /** Absent: a root key. */
  @MayBeAbsent()
  @Length(1, 100)
  @IsString()
  tenant?: string;

  @MayBeAbsent()
  @IsIn(scopes, { each: true })
  @ArrayMaxSize(20)
  @ArrayMinSize(1)
  @IsArray()
  scopes?: Scope[];

  /** Absent: never. */
  @MayBeAbsent()
  @IsISO8601({ strict: true, strictSeparator: true })
  expires_at?: string;
}
