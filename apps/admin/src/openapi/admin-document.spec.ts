import 'reflect-metadata';
import { Body, Controller, Post } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { IsHexColor } from 'class-validator';
import { adminDocument } from './admin-document.ts';
import { describeRoutes } from './described-routes.ts';

interface Shape {
  readonly operationId: string;
  readonly security: unknown;
  readonly parameters: readonly { readonly name?: string; readonly $ref?: string; readonly in?: string }[];
  readonly responses: Readonly<Record<string, unknown>>;
  readonly 'x-problem-codes': readonly string[];
}

const document = adminDocument();
const at = (path: string, method: string): Shape => document.paths[path]?.[method] as unknown as Shape;
const namesIn = ({ parameters }: Shape) =>
  parameters.map(({ name, $ref }) => name ?? $ref?.split('/').at(-1));

describe('the OpenAPI document of administration', () => {
  it('reads method, path, query and versions off the handlers', () => {
    const patch = at('/api/v1/webhooks/{id}', 'patch');
    expect(patch).toMatchObject({
      operationId: 'updateWebhook',
      security: [{ apiKey: ['endpoints:write'] }],
    });
    expect(namesIn(patch)).toEqual(['id', 'tenant', 'ControlPosition', 'IfMatch']);
    expect(patch['x-problem-codes']).toContain('precondition_failed');
    const list = at('/api/v1/deliveries', 'get');
    expect(namesIn(list)).toEqual(
      expect.arrayContaining([
        'tenant',
        'after',
        'limit',
        'before',
        'type',
        'since',
        'until',
        'status',
        'code_class',
      ]),
    );
    expect(list['x-problem-codes']).toContain('invalid_cursor');
    expect(namesIn(at('/api/v1/webhooks', 'post'))).toEqual(['tenant', 'ControlPosition', 'IdempotencyKey']);
    expect(at('/livez', 'get')).toMatchObject({ security: [], parameters: [] });
  });

  it('reads bodies off the decorators that check them', () => {
    const body = document.paths['/api/v1/webhooks']?.['post']?.requestBody as {
      readonly required: boolean;
      readonly content: Readonly<Record<string, { readonly schema: unknown }>>;
    };
    expect(body.required).toBe(true);
    expect(body.content['application/json']?.schema).toMatchObject({
      type: 'object',
      required: ['url'],
      additionalProperties: false,
      properties: {
        url: { type: 'string', minLength: 1, maxLength: 4_096 },
        secret: { type: ['string', 'null'] },
        events: { type: 'array', maxItems: 100, items: { type: 'string', minLength: 1, maxLength: 128 } },
        headers: { type: 'object', additionalProperties: { type: 'string' } },
        active: { type: 'boolean' },
      },
    });
  });

  it('is OpenAPI 3.1 by the schema of its own', async () => {
    const validator = new Validator();
    const copy = () => JSON.parse(JSON.stringify(document)) as Record<string, unknown>;
    expect(await validator.validate(copy())).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
    const { info: _, ...wrong } = copy();
    expect(await new Validator().validate(wrong)).toMatchObject({ valid: false });
  });

  it('leads every reference somewhere', () => {
    const text = JSON.stringify(document);
    const found = new Set(
      [...text.matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)].map(([, ...names]) => names.join('/')),
    );
    const { components } = document;
    for (const name of found) {
      const [kind = '', key = ''] = name.split('/');
      expect([name, Object.keys(components[kind] as object).includes(key)]).toEqual([name, true]);
    }
    expect(found.size).toBeGreaterThan(30);
  });

  it('is not made while it would keep a rule to itself', () => {
    class Painted {
      @IsHexColor()
      color!: string;
    }
    @Controller('paint')
    class PaintController {
      @Post()
      paint(@Body() body: Painted): Painted {
        return body;
      }
    }
    const describePaint = () =>
      describeRoutes(PaintController, 'Paint', {
        paint: { id: 'paint', summary: '', access: 'any-key', answers: {} },
      });
    expect(describePaint).toThrow(/Painted\.color: no JSON Schema is known for the validator "isHexColor"/);
  });
});
