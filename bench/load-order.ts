export type Transport = 'rest' | 'grpc' | 'grpc-stream';

export interface LoadOrder {
  readonly host: string;
  readonly port: number;
  readonly key: string;
  readonly type: string;
  /** How many requests. */
  readonly requests: number;
  /** Events in each. */
  readonly batch: number;
  /** Requests that may be under way at once. */
  readonly connections: number;
  /** Default: REST. gRPC knows no batch here. */
  readonly transport?: Transport | undefined;
  /** Requests per second; null: as fast as they are answered. */
  readonly rate: number | null;
  /** Bytes of filler in each event. */
  readonly filler: number;
  /** Number of the first event. */
  readonly from: number;
}

export interface LoadReport {
  /** µs, monotonic, by event number less `from`: when it was sent (or due), and when it was answered 2xx. */
  readonly sentAt: Float64Array;
  readonly acceptedAt: Float64Array;
}
