import { Described } from '#http-edge';
import { IsBoolean, IsInt, Max, Min } from 'class-validator';
import { MayBeAbsent } from './may-be-absent.ts';

const DAY_SECONDS = 24 * 3_600;

/** POST /tenants/:id/portal-tokens */
export class PortalTokenRequest {
  @Described('Absent: an hour.')
  @MayBeAbsent()
  @Max(DAY_SECONDS)
  @Min(60)
  @IsInt()
  expires_in_seconds?: number;

  @Described('True: it has the scope secrets:reveal, which the key that asks must have.')
  @MayBeAbsent()
  @IsBoolean()
  reveal_secrets?: boolean;
}
