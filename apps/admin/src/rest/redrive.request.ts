import { IsInt, IsString, Length, Max, Min } from 'class-validator';

/** POST /quarantine/redrive: a record as GET /quarantine lists it. */
export class RedriveRequest {
  @Length(1, 260)
  @IsString()
  topic!: string;

  @Max(100_000)
  @Min(0)
  @IsInt()
  partition!: number;

  @Max(Number.MAX_SAFE_INTEGER)
  @Min(0)
  @IsInt()
  offset!: number;
}
