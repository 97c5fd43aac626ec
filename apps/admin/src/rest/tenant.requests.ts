import { IsBoolean, IsObject, IsString, Length, Matches } from 'class-validator';
import { MayBeAbsent } from './may-be-absent.ts';

/** PATCH and PUT /tenants/:id: what is absent stays as it is. */
export class UpdateTenantRequest {
  @MayBeAbsent()
  @Length(1, 200)
  @IsString()
  name?: string;

  /** As the tenant's contract asks for them (GET /contracts). */
  @MayBeAbsent()
  @IsObject()
  attributes?: Record<string, string>;

  /** False: the plan does not include webhooks. */
  @MayBeAbsent()
  @IsBoolean()
  entitled?: boolean;
}

/** POST /tenants */
export class CreateTenantRequest {
  @MayBeAbsent()
  @Matches(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}$/, {
    message: 'id must have 1 to 100 letters, digits or _ . : - and begin with a letter or digit',
  })
  id?: string;

  @Length(1, 200)
  @IsString()
  name!: string;

  @MayBeAbsent()
  @Length(1, 100)
  @IsString()
  contract?: string;

  @MayBeAbsent()
  @IsObject()
  attributes?: Record<string, string>;

  /** Only where the contract signs with the tenant's own (Hyperspell). */
  @MayBeAbsent()
  @IsString()
  secret?: string;

  @MayBeAbsent()
  @IsBoolean()
  entitled?: boolean;
}

/** PUT /tenants/:id/secret */
export class TenantSecretRequest {
  @IsString()
  secret!: string;
}
