/** W3C Trace Context, version 00, lower case; neither the trace nor the parent is all zero. */
const form = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/**
 * What a `traceparent` header of a request or record says; undefined: nothing that can be understood. That is passed over,
 * as the recommendation asks: nobody's tracing decides whether an event is taken, or a record is read.
 */
export function traceparentIn(text: string | readonly string[] | undefined): string | undefined {
  return typeof text === 'string' && form.test(text) ? text : undefined;
}
