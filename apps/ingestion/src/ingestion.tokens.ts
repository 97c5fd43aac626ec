/** Injection token of the composed {@link Ingestion}. */
export const INGESTION = Symbol('ingestion');
