import protobuf from 'protobufjs';
import type { Problem } from '#http-edge';

/** Who speaks, for clients that talk to several services. */
const DOMAIN = 'hyperhook.dev';

/**
 * The messages of google.rpc that say more than a code: clients of every language know how to read them. Only the fields
 * that are filled in here, under their public numbers.
 */
const root = protobuf.Root.fromJSON(
  {
    nested: {
      google: {
        nested: {
          protobuf: {
            nested: {
              Any: { fields: { type_url: { type: 'string', id: 1 }, value: { type: 'bytes', id: 2 } } },
              Duration: { fields: { seconds: { type: 'int64', id: 1 } } },
            },
          },
          rpc: {
            nested: {
              Status: {
                fields: {
                  code: { type: 'int32', id: 1 },
                  message: { type: 'string', id: 2 },
                  details: { rule: 'repeated', type: 'google.protobuf.Any', id: 3 },
                },
              },
              ErrorInfo: { fields: { reason: { type: 'string', id: 1 }, domain: { type: 'string', id: 2 } } },
              RetryInfo: { fields: { retry_delay: { type: 'google.protobuf.Duration', id: 1 } } },
              FieldViolation: {
                fields: {
                  field: { type: 'string', id: 1 },
                  description: { type: 'string', id: 2 },
                  reason: { type: 'string', id: 3 },
                },
              },
              BadRequest: {
                fields: { field_violations: { rule: 'repeated', type: 'FieldViolation', id: 1 } },
              },
            },
          },
        },
      },
    },
  },
  new protobuf.Root(),
);

/** google.rpc.Status of a problem, for the metadata `grpc-status-details-bin`. */
export function richStatus(code: number, problem: Problem, retryAfterSeconds: number | undefined): Buffer {
  const details = [any('ErrorInfo', { reason: problem.code.toUpperCase(), domain: DOMAIN })];
  if (retryAfterSeconds !== undefined) {
    details.push(any('RetryInfo', { retry_delay: { seconds: retryAfterSeconds } }));
  }
  if (problem.errors !== undefined) {
    const violations = problem.errors.map(({ pointer, code: reason, detail }) => ({
      field: pointer,
      description: detail,
      reason: reason.toUpperCase(),
    }));
    details.push(any('BadRequest', { field_violations: violations }));
  }
  return encoded('Status', { code, message: problem.detail, details });
}

function any(name: string, value: object): object {
  return { type_url: `type.googleapis.com/google.rpc.${name}`, value: encoded(name, value) };
}

function encoded(name: string, value: object): Buffer {
  const type = root.lookupType(`google.rpc.${name}`);
  return Buffer.from(type.encode(type.fromObject(value)).finish());
}
