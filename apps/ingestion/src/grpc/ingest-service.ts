import type {
  Metadata,
  Server,
  sendUnaryData,
  ServerDuplexStream,
  ServerUnaryCall,
  UntypedServiceImplementation,
} from '@grpc/grpc-js';
import {
  callerOf,
  failureOf,
  fullName,
  positionMetadata,
  type CallHeaders,
  type GuardedServices,
  type Protocol,
} from '#grpc-edge';
import type { Principal, ProblemAnswer } from '#http-edge';
import { identified, refuseKeyOfMany } from '../accept/identified.ts';
import type { BatchItem } from '../accept/publisher.ts';
import type { Ingestion } from '../create-ingestion.ts';
import { bytesOf, eventOfMessage, type EventMessage } from './event-message.ts';
import {
  acceptedMessage,
  refusedMessage,
  refusedUnder,
  type AcceptedMessage,
  type OutcomeMessage,
} from './outcome-message.ts';
import { PublishStream, type StreamRequest, type StreamResponse } from './publish-stream.ts';
import { traceOf } from './trace-of.ts';

const SERVICE = 'IngestService';

interface PublishRequest {
  readonly event?: EventMessage;
}

interface BatchRequest {
  readonly events?: readonly EventMessage[];
}

interface BatchResponse {
  readonly outcomes: readonly OutcomeMessage[];
}

/**
 * Publishing over gRPC: straight on the server of grpc-js, as `POST /api/v1/events` is on Node's (decisions 0019, 0034).
 * Rules and answers are those of REST; only the form is another.
 */
export class IngestService implements GuardedServices {
  readonly services = [fullName(SERVICE)];
  readonly #ingestion: Ingestion;
  readonly #streams = new Set<PublishStream>();
  #isDraining = false;

  constructor(ingestion: Ingestion) {
    this.#ingestion = ingestion;
  }

  addTo(server: Server, protocol: Protocol): void {
    const methods: UntypedServiceImplementation = {
      Publish: (
        call: ServerUnaryCall<PublishRequest, AcceptedMessage>,
        answer: sendUnaryData<AcceptedMessage>,
      ) => void this.#publish(call, answer),
      PublishBatch: (
        call: ServerUnaryCall<BatchRequest, BatchResponse>,
        answer: sendUnaryData<BatchResponse>,
      ) => void this.#publishBatch(call, answer),
      PublishStream: (call: ServerDuplexStream<StreamRequest, StreamResponse>) => this.#publishStream(call),
    };
    server.addService(protocol.service(SERVICE), methods);
  }

  admit(headers: CallHeaders): Promise<Principal> {
    return this.#ingestion.admit(headers);
  }

  refuse(error: unknown, path: string): ProblemAnswer {
    return this.#ingestion.refuse(error, path);
  }

  /** Every stream answers what it has read, and ends; one that was let in before and opens now, too. */
  drain(): void {
    this.#isDraining = true;
    for (const stream of this.#streams) stream.drain();
  }

  async #publish(
    call: ServerUnaryCall<PublishRequest, AcceptedMessage>,
    answer: sendUnaryData<AcceptedMessage>,
  ): Promise<void> {
    try {
      const { event } = call.request;
      const key = keyOf(call.metadata);
      const read = (now: number) => identified(eventOfMessage(event, now), key);
      const traceparent = traceOf(call.metadata);
      const what = { bytes: bytesOf(event), read, traceparent };
      const accepted = await this.#ingestion.accept(callerOf(call.metadata), what);
      call.sendMetadata(positionMetadata(this.#ingestion.controlPosition));
      answer(null, acceptedMessage(accepted));
    } catch (error) {
      answer(failureOf(refusedUnder('/event', this.refuse(error, call.getPath()))));
    }
  }

  async #publishBatch(
    call: ServerUnaryCall<BatchRequest, BatchResponse>,
    answer: sendUnaryData<BatchResponse>,
  ): Promise<void> {
    try {
      const { events = [] } = call.request;
      refuseKeyOfMany(keyOf(call.metadata));
      const bytes = events.reduce((sum, event) => sum + bytesOf(event), 0);
      const reads = events.map((event) => (now: number) => eventOfMessage(event, now));
      const traceparent = traceOf(call.metadata);
      const items = await this.#ingestion.acceptBatch(callerOf(call.metadata), { bytes, reads, traceparent });
      call.sendMetadata(positionMetadata(this.#ingestion.controlPosition));
      answer(null, { outcomes: items.map((item, at) => this.#outcome(item, at, call.getPath())) });
    } catch (error) {
      answer(failureOf(refusedUnder('/events', this.refuse(error, call.getPath()))));
    }
  }

  #outcome(item: BatchItem, at: number, path: string): OutcomeMessage {
    if (item.ok) return { accepted: acceptedMessage(item.accepted) };
    return refusedMessage(`/events/${at}`, this.refuse(item.error, path));
  }

  #publishStream(call: ServerDuplexStream<StreamRequest, StreamResponse>): void {
    try {
      refuseKeyOfMany(keyOf(call.metadata));
    } catch (error) {
      // As grpc-js wants a stream to be ended with a status.
      call.emit('error', failureOf(this.refuse(error, call.getPath())));
      return;
    }
    const stream: PublishStream = new PublishStream(this.#ingestion, call, () =>
      this.#streams.delete(stream),
    );
    this.#streams.add(stream);
    if (this.#isDraining) stream.drain();
  }
}

/** As REST takes it from the header of the same name. */
function keyOf(metadata: Metadata): string | undefined {
  const keys = metadata.get('idempotency-key');
  return keys.length === 0 ? undefined : keys.join(', ');
}
