import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceDefinition } from '@grpc/grpc-js';
import { IdempotencyLevel, loadSync, type PackageDefinition } from '@grpc/proto-loader';
import { installedFolder } from '#contracts';

export const PROTOCOL_PACKAGE = 'hyperhook.v1';

/** Everything in `proto/hyperhook/v1`, read from the files that clients are generated from. */
export interface Protocol {
  readonly definition: PackageDefinition;
  /** By its short name, e.g. `IngestService`. */
  service(name: string): ServiceDefinition;
  /** Whether a call only reads, as the files say; `path`: `/package.Service/Method`. */
  isRead(path: string): boolean;
}

/** As the path of a call names it. */
export function fullName(service: string): string {
  return `${PROTOCOL_PACKAGE}.${service}`;
}

let loaded: Protocol | undefined;

/** Read once in a process: the files do not change under it. */
export function loadProtocol(): Protocol {
  loaded ??= read();
  return loaded;
}

function read(): Protocol {
  const protos = installedFolder('proto');
  const folder = join('hyperhook', 'v1');
  const files = readdirSync(join(protos, folder)).map((file) => join(folder, file));
  const definition = loadSync(files, {
    includeDirs: [protos],
    // Names as REST has them; what was not sent is absent, as in JSON.
    keepCase: true,
    longs: Number,
    enums: String,
  });
  const reads = new Set(
    Object.values(definition).flatMap((one) =>
      'format' in one
        ? []
        : Object.values(one)
            .filter(({ options }) => options?.idempotency_level === IdempotencyLevel.NO_SIDE_EFFECTS)
            .map(({ path }) => path),
    ),
  );
  return {
    definition,
    service: (name) => {
      const found = definition[fullName(name)];
      if (found === undefined || 'format' in found) throw new Error(`the protocol has no service ${name}`);
      return found;
    },
    isRead: (path) => reads.has(path),
  };
}
