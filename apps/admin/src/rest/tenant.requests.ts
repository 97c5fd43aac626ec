import { Described } from '#http-edge';
import { IsBoolean, IsObject, IsString, Length, Matches } from 'class-validator';
import { MayBeAbsent } from './may-be-absent.ts';

/** PATCH and PUT /tenants/:id: what is absent stays as it is. */
export class UpdateTenantRequest {
  @Described('For people.')
  @MayBeAbsent()
  @Length(1, 200)
  @IsString()
  name?: string;

  @Described('As the contract asks for them (GET /contracts); those named are replaced.', {
    additionalProperties: { type: 'string' },
  })
  @MayBeAbsent()
  @IsObject()
  attributes?: Record<string, string>;

  @Described('False: the plan does not include webhooks.')
  @MayBeAbsent()
  @IsBoolean()
  entitled?: boolean;

  @Described(
    'What the plan includes; of those that are not named nothing changes, null: what the installation gives.',
    {
      properties: {
        max_endpoints: { type: ['integer', 'null'], minimum: 0, maximum: 1_000_000 },
        events_per_second: { type: ['integer', 'null'], minimum: 1, maximum: 1_000_000 },
        max_payload_bytes: { type: ['integer', 'null'], minimum: 2, maximum: 16_777_216 },
      },
      additionalProperties: false,
    },
  )
  @MayBeAbsent()
  @IsObject()
  limits?: Record<string, number | null>;
}

/** POST /tenants */
export class CreateTenantRequest {
  @Described('Absent: one is made (ten_…).')
  @MayBeAbsent()
  @Matches(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}$/, {
    message: 'id must have 1 to 100 letters, digits or _ . : - and begin with a letter or digit',
  })
  id?: string;

  @Described('For people.')
  @Length(1, 200)
  @IsString()
  name!: string;

  @Described('Never changes. Absent: standard-webhooks.')
  @MayBeAbsent()
  @Length(1, 100)
  @IsString()
  contract?: string;

  @Described('As the contract asks for them (GET /contracts).', { additionalProperties: { type: 'string' } })
  @MayBeAbsent()
  @IsObject()
  attributes?: Record<string, string>;

  @Described('Only where the contract signs with the secret of the tenant (Hyperspell).')
  @MayBeAbsent()
  @IsString()
  secret?: string;

  @Described('False: the plan does not include webhooks. Absent: true.')
  @MayBeAbsent()
  @IsBoolean()
  entitled?: boolean;

  @Described(
    'What the plan includes; of those that are not named nothing changes, null: what the installation gives.',
    {
      properties: {
        max_endpoints: { type: ['integer', 'null'], minimum: 0, maximum: 1_000_000 },
        events_per_second: { type: ['integer', 'null'], minimum: 1, maximum: 1_000_000 },
        max_payload_bytes: { type: ['integer', 'null'], minimum: 2, maximum: 16_777_216 },
      },
      additionalProperties: false,
    },
  )
  @MayBeAbsent()
  @IsObject()
  limits?: Record<string, number | null>;
}

/** PUT /tenants/:id/secret */
export class TenantSecretRequest {
  @Described('Within the bounds of the contract; never shown again.')
  @IsString()
  secret!: string;
}
