import { Unfit } from './unfit.ts';

export interface MediaType {
  /** Lower case, without parameters. */
  readonly type: string;
  readonly charset: string | undefined;
}

export function mediaTypeOf(text: string): MediaType {
  const [type = '', ...parameters] = text.toLowerCase().split(';');
  const charset = parameters
    .map((each) => each.trim())
    .find((each) => each.startsWith('charset='))
    ?.slice('charset='.length)
    .replaceAll('"', '');
  return { type: type.trim(), charset };
}

/** Throws {@link Unfit}: `what` (a header, an attribute) names another type than JSON, or another charset than UTF-8. */
export function requireJson(text: string | undefined, what: string): void {
  if (text === undefined) return;
  const { type } = requireUtf8(mediaTypeOf(text), what);
  if (type === 'application/json' || type === 'text/json' || type.endsWith('+json')) return;
  throw new Unfit(
    `${what}: the data is no JSON but ${JSON.stringify(type.slice(0, 100))}; send application/json`,
  );
}

export function requireUtf8(media: MediaType, what: string): MediaType {
  const { charset } = media;
  if (charset === undefined || charset === 'utf-8' || charset === 'utf8' || charset === 'us-ascii')
    return media;
  throw new Unfit(`${what}: charset ${JSON.stringify(charset.slice(0, 100))}; send UTF-8`);
}
