import type { Contract } from '../../api/schema.ts';
import { textLiteral } from './text-literal.ts';

export const languages = ['node', 'python', 'go'] as const;
export type Language = (typeof languages)[number];

export type SnippetForm = 'body' | 'headers-and-body' | 'public-key';

/** What was sent, as the program carries it. */
export interface SentRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Signature = Pick<Contract, 'signature' | 'headers'>;

export const extensions: Record<Language, string> = { node: 'mjs', python: 'py', go: 'go' };

/**
 * Which program checks it. `scheme`: of the endpoint, where receivers have a public key alone. Null: nothing in the language's
 * standard library can (Python knows no ed25519).
 */
export function formOf(
  { signature }: Signature,
  scheme: 'v1' | 'v1a' | 'both',
  language: Language,
): SnippetForm | null {
  if (scheme === 'v1a') return language === 'python' ? null : 'public-key';
  return signature.content.length === 1 && signature.separator === null ? 'body' : 'headers-and-body';
}

/** A program that says of this very request whether it is genuine, from the template of its form. */
export function fillSnippet(
  template: string,
  form: SnippetForm,
  contract: Signature,
  language: Language,
  request: SentRequest,
): string {
  const { signature } = contract;
  const header = signature.header.toLowerCase();
  const sent = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const signed = signature.content
    .filter((part) => part !== 'body')
    .map((part) => contract.headers.find(({ value }) => value === part)?.name.toLowerCase() ?? part);
  const prefix = form === 'public-key' ? (signature.ed25519_prefix ?? '') : signature.prefix;
  const carried = Object.fromEntries([...signed, header].map((name) => [name, sent[name] ?? '']));
  return fill(template, language, {
    // Bare words, within comments or as code.
    ...codeOf(signature, language, form),
    // Literals, with the quotes around them.
    SIGNED: signed.map(textLiteral).join(', '),
    PREFIX: textLiteral(prefix),
    SEPARATOR: textLiteral(signature.separator ?? '\u0000'),
    BODY: textLiteral(request.body),
    SIGNATURE: textLiteral(sent[header] ?? ''),
    HEADER: form === 'body' ? signature.header : textLiteral(header),
    ENCODING: textLiteral(signature.encoding),
    HEADERS: mapLiteral(carried, language),
  });
}

/** What differs between contracts, as code of the language. */
function codeOf(
  { key, encoding }: Contract['signature'],
  language: Language,
  form: SnippetForm,
): Record<string, string> {
  const isText = key === 'utf8';
  const isHex = encoding === 'hex';
  if (language === 'node') {
    return { KEY: isText ? 'secret' : "Buffer.from(secret.slice(secret.indexOf('_') + 1), 'base64')" };
  }
  if (language === 'python') {
    return {
      KEY: isText ? 'secret.encode()' : 'base64.b64decode(secret.split("_", 1)[-1])',
      ENCODED: isHex ? 'digest.hex()' : 'base64.b64encode(digest).decode()',
    };
  }
  const packages = [
    ...(isText && isHex ? [] : ['encoding/base64']),
    ...(isHex ? ['encoding/hex'] : []),
    // The other form has it for itself.
    ...(form === 'body' && !isText ? ['strings'] : []),
  ];
  return {
    IMPORTS: packages.map((name) => `"${name}"`).join('\n\t'),
    KEY: isText
      ? 'key := []byte(secret)'
      : [
          'key, err := base64.StdEncoding.DecodeString(secret[strings.Index(secret, "_")+1:])',
          '\tif err != nil {',
          '\t\treturn false',
          '\t}',
        ].join('\n'),
    ENCODED: isHex ? 'hex.EncodeToString(mac.Sum(nil))' : 'base64.StdEncoding.EncodeToString(mac.Sum(nil))',
  };
}

/** In one pass, so that nothing within a value is taken for a place. A place in quotes gives way with its quotes. */
function fill(template: string, language: Language, values: Readonly<Record<string, string>>): string {
  const inMap = language === 'go' ? template.replace('{"__HEADERS__": ""}', '__HEADERS__') : template;
  return inMap.replace(
    /(['"]?)__([A-Z]+)__\1/g,
    (place, _quote: string, name: string) => values[name] ?? place,
  );
}

function mapLiteral(map: Readonly<Record<string, string>>, language: Language): string {
  const indent = language === 'go' ? '\t\t' : '    ';
  const lines = Object.entries(map).map(
    ([name, value]) => `${indent}${textLiteral(name)}: ${textLiteral(value)},`,
  );
  return `{\n${lines.join('\n')}\n${language === 'go' ? '\t' : ''}}`;
}
