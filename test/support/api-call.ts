export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

export interface ApiCall {
  readonly method: string;
  /** Below `/api/v1`. */
  readonly path: string;
  readonly body: unknown;
  readonly key: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** One call of the REST API at `base`. */
export async function callApi<T>(
  base: string,
  { method, path, body, key, headers = {}, signal }: ApiCall,
): Promise<Answer<T> & { readonly headers: Headers }> {
  const response = await fetch(`${base}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  const text = await response.text();
  const read = (text === '' ? undefined : JSON.parse(text)) as T;
  return { status: response.status, body: read, headers: response.headers };
}

/** The body of an answer that a test relies on. */
export function mustBe<T>(answer: Answer<T>, method: string, path: string): T {
  if (answer.status < 300) return answer.body;
  throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
}
