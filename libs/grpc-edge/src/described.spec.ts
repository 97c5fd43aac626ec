import { describe, expect, it } from '@jest/globals';
import descriptor from 'protobufjs/ext/descriptor/index.js';
import { described } from './described.ts';
import { loadProtocol } from './protocol.ts';

interface Message {
  readonly name: string;
  readonly field: { readonly name: string; readonly typeName?: string }[];
  readonly nestedType: { readonly name: string; readonly options?: { readonly mapEntry?: boolean } }[];
}

function messagesOf(definition: ReturnType<typeof loadProtocol>['definition']): Message[] {
  const shown = definition['hyperhook.v1.Tenant'] as unknown as { readonly fileDescriptorProtos: Buffer[] };
  return shown.fileDescriptorProtos.flatMap((bytes) => {
    const file = descriptor.FileDescriptorProto.decode(bytes) as unknown as {
      readonly messageType: Message[];
    };
    return file.messageType;
  });
}

describe('the protocol as reflection shows it', () => {
  it('names the entries of maps as the language wants it, and leaves all else as it is', () => {
    const { definition } = loadProtocol();
    const before = messagesOf(definition);
    const after = messagesOf(described(definition));
    expect(after.map(({ name }) => name)).toEqual(before.map(({ name }) => name));
    const maps = after.flatMap((message) =>
      message.nestedType.filter(({ options }) => options?.mapEntry).map((entry) => [message, entry] as const),
    );
    const named = maps.map(([message, { name }]) => `${message.name}.${name}`);
    expect(named).toEqual(expect.arrayContaining(['Tenant.AttributesEntry', 'AttemptResponse.HeadersEntry']));
    for (const name of named) expect(name).toMatch(/^\w+\.[A-Z]\w*Entry$/);
    for (const [{ name, field }, entry] of maps) {
      expect(field.map(({ typeName }) => typeName)).toContain(`.hyperhook.v1.${name}.${entry.name}`);
    }
  });
});
