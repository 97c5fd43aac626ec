import { anyObject, flag, objectOf, textsByName, whole } from './json-schema.ts';
import type { Operation } from './operation.ts';

const probe = (id: string, path: string, summary: string, answers: Operation['answers']): Operation => ({
  id,
  tag: 'Health',
  method: 'get',
  path,
  summary,
  access: 'everybody',
  answers,
});

const readiness = objectOf({
  ready: flag('May it get work?'),
  reasons: textsByName('What is not well, by name.'),
});

/** What probes.ts and documents.ts answer without a key. */
export const probeOperations: readonly Operation[] = [
  probe('isLive', '/livez', 'Should the process be left running?', {
    200: {
      description: 'It lives.',
      schema: objectOf({
        live: { const: true },
        uptimeSeconds: whole('Since it was started.', { minimum: 0 }),
      }),
    },
  }),
  probe('isReady', '/readyz', 'May the process get work?', {
    200: { description: 'It may.', schema: readiness },
    503: { description: 'Not now; the reasons are told.', schema: readiness },
  }),
  probe('readMetrics', '/metrics', 'Figures of the process, as Prometheus text', {
    200: { description: 'The figures.', schema: { type: 'string' }, mediaType: 'text/plain' },
  }),
  probe('readDocument', '/openapi.json', 'This document', {
    200: { description: 'OpenAPI 3.1.', schema: anyObject('') },
  }),
  probe('readPage', '/docs', 'This document as a page', {
    200: { description: 'For people.', schema: { type: 'string' }, mediaType: 'text/html' },
  }),
];
