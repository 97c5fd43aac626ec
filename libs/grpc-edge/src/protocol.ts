import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceDefinition } from '@grpc/grpc-js';
import { loadSync, type PackageDefinition } from '@grpc/proto-loader';
import { installedFolder } from '#contracts';

export const PROTOCOL_PACKAGE = 'hyperhook.v1';

/** Everything in `proto/hyperhook/v1`, read from the files that clients are generated from. */
export interface Protocol {
  readonly definition: PackageDefinition;
  /** By its short name, e.g. `IngestService`. */
  service(name: string): ServiceDefinition;
}

/** As the path of a call names it. */
export function fullName(service: string): string {
  return `${PROTOCOL_PACKAGE}.${service}`;
}

export function loadProtocol(): Protocol {
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
  return {
    definition,
    service: (name) => {
      const found = definition[fullName(name)];
      if (found === undefined || 'format' in found) throw new Error(`the protocol has no service ${name}`);
      return found;
    },
  };
}
