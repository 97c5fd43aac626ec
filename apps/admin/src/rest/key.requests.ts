import { scopes, type Scope } from '#domain';
import { Described } from '#http-edge';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsISO8601, IsString, Length } from 'class-validator';
import { MayBeAbsent } from './may-be-absent.ts';

/** POST /keys */
export class CreateKeyRequest {
  @Described('For people.')
  @Length(1, 200)
  @IsString()
  name!: string;

  @Described('Whom it speaks for. Absent: nobody alone; a root key.')
  @MayBeAbsent()
  @Length(1, 100)
  @IsString()
  tenant?: string;

  @Described('Absent: what a customer needs, or admin for a root key.')
  @MayBeAbsent()
  @IsIn(scopes, { each: true })
  @ArrayMaxSize(20)
  @ArrayMinSize(1)
  @IsArray()
  scopes?: Scope[];

  @Described('Still to come. Absent: never.')
  @MayBeAbsent()
  @IsISO8601({ strict: true, strictSeparator: true })
  expires_at?: string;
}
