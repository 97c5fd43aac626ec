import { Described } from '#http-edge';
import { IsBoolean } from 'class-validator';
import { MayBeAbsent } from './may-be-absent.ts';

/** POST /deliveries/:id/retry */
export class RetryDeliveryRequest {
  @Described('Writes a new time into the body, where the contract refuses old ones (Hyperspell).')
  @MayBeAbsent()
  @IsBoolean()
  restamp?: boolean;
}
