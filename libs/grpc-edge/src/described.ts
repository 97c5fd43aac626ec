import type { PackageDefinition } from '@grpc/proto-loader';
import descriptor from 'protobufjs/ext/descriptor/index.js';

/** The part of google.protobuf.DescriptorProto that is mended. */
interface MessageDescriptor {
  name: string;
  readonly field: readonly { readonly name: string; typeName?: string }[];
  readonly nestedType: readonly MessageDescriptor[];
  readonly options?: { readonly mapEntry?: boolean } | null;
}

/**
 * The same definition, fit to be shown by reflection. protobufjs names the entry of a map after its field alone, where the
 * language wants `HeadersEntry`: clients in Go and Java refuse to read such a file.
 */
export function described(definition: PackageDefinition): PackageDefinition {
  const mended = new Map<Buffer, Buffer>();
  const mend = (file: Buffer): Buffer => {
    const known = mended.get(file);
    if (known !== undefined) return known;
    const made = withEntryNames(file);
    mended.set(file, made);
    return made;
  };
  return Object.fromEntries(
    Object.entries(definition).map(([name, one]) => {
      // A service has methods in place of files.
      const files = (one as { readonly fileDescriptorProtos?: unknown }).fileDescriptorProtos;
      return [name, Array.isArray(files) ? { ...one, fileDescriptorProtos: files.map(mend) } : one];
    }),
  ) as PackageDefinition;
}

function withEntryNames(bytes: Buffer): Buffer {
  const file = descriptor.FileDescriptorProto.decode(bytes) as unknown as {
    readonly package: string;
    readonly messageType: readonly MessageDescriptor[];
  };
  for (const message of file.messageType) nameEntries(message, `.${file.package}.${message.name}`);
  return Buffer.from(descriptor.FileDescriptorProto.encode(file as never).finish());
}

function nameEntries(message: MessageDescriptor, fullName: string): void {
  for (const field of message.field) {
    const entry = message.nestedType.find(
      ({ name, options }) => options?.mapEntry && name === field.typeName,
    );
    if (entry === undefined) continue;
    entry.name = `${pascalCase(field.name)}Entry`;
    field.typeName = `${fullName}.${entry.name}`;
  }
  for (const nested of message.nestedType) nameEntries(nested, `${fullName}.${nested.name}`);
}

const pascalCase = (name: string): string =>
  name.replaceAll(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
