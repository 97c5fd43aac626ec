/** An endpoint's URL, taken apart once so that the hot path parses nothing. */
export interface Target {
  /** Scheme, host and port: what connections are shared by. */
  readonly origin: string;
  /** Path and query. */
  readonly path: string;
}

/** `url` is a stored, canonical http(s) URL; throws TypeError when it is not a URL. */
export function prepareTarget(url: string): Target {
  const { origin, pathname, search } = new URL(url);
  return { origin, path: pathname + search };
}
