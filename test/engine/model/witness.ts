import {
  decodeEvent,
  decodeOutcome,
  decodeWaiting,
  retryTopics,
  tierOf,
  type Headers,
  type LogRecord,
  type MemoryStore,
  type TopicName,
} from '#log';
import { PARTITIONS } from '../../support/dispatcher-rig.ts';
import { Story } from './story.ts';

/** A process, as whoever judges ownership sees it. */
export interface Owner {
  readonly id: number;
  /** May it start something of the partition, as far as it knows? */
  owns(partition: number): boolean;
}

/** Where a record stands. */
export interface Place {
  readonly topic: TopicName;
  readonly partition: number;
  readonly offset: number;
}

const workTopics: readonly TopicName[] = ['events', ...retryTopics];

/**
 * Sees every record as it becomes durable, every request and every commit, and says at once what breaks a promise. It
 * knows the log and the receivers, and nothing of the code under test.
 */
export class Witness {
  readonly problems: string[] = [];
  readonly stories = new Map<string, Story>();
  /** First offset of each event in `events`. */
  readonly events = new Map<string, number>();
  readonly #notes: { at: number; what: string; headers: Headers | undefined }[] = [];
  readonly #began = Date.now();
  readonly #store: MemoryStore;
  readonly #seen = new Map<number, number>();
  readonly #endpointsOf: (tenant: string) => readonly string[];

  constructor(store: MemoryStore, endpointsOf: (tenant: string) => readonly string[]) {
    this.#store = store;
    this.#endpointsOf = endpointsOf;
  }

  /** The process of that number appended these, in one go. */
  written(by: number, places: readonly Place[]): void {
    const fresh = places.flatMap(({ topic, partition, offset }) => {
      const record = this.#store.partition(topic, partition).at(offset);
      return record === undefined ? [] : [record];
    });
    for (const { topic, partition, offset, headers } of fresh)
      this.#note(`#${by} writes ${topic}/${partition}/${offset}`, headers);
    // Placements first: an outcome of the same append is not durable before them (P3).
    for (const record of fresh) if (tierOf(record.topic) !== undefined) this.#placement(record);
    for (const record of fresh) if (record.topic === 'outcomes') this.#outcome(record, by);
  }

  /** Somebody appended to `events`. */
  published(): void {
    for (let partition = 0; partition < PARTITIONS; partition += 1) {
      const there = this.#store.partition('events', partition);
      for (let at = this.#seen.get(partition) ?? 0; at < there.end; at += 1) {
        const record = there.at(at);
        if (record !== undefined) this.#event(record);
      }
      this.#seen.set(partition, there.end);
    }
  }

  posted(by: Owner, owners: readonly Owner[], eventId: string, endpoint: string): void {
    this.#note(`#${by.id} sends ${eventId} to ${endpoint}`);
    // The event may be sent in the very turn in which it was written.
    this.published();
    const story = this.#story(eventId, endpoint);
    if (story === undefined) return this.#report(`a request for what nobody published: ${eventId}`);
    const rivals = owners.filter((owner) => owner.id !== by.id && owner.owns(story.partition));
    if (rivals.length > 0)
      this.#report(`${story.name}: #${by.id} sends what #${rivals[0]?.id} owns too (R9)`);
    // What was excused may still be under way, as may its repetition while the chain goes on from the first's outcome.
    if (story.posts.filter(({ open, excused }) => open && !excused).length > story.excused)
      this.#report(`${story.name}: sent while a request is in flight (P4)`);
    if (Date.now() < story.dueAt) story.misplaced += 1;
    story.posts.push({ by: by.id, open: true, excused: false });
  }

  /** A process was killed or let go: what it has in flight may be made once more (P4). */
  excuse(by: number): void {
    for (const story of this.stories.values()) {
      for (const post of story.posts) {
        if (post.by !== by || !post.open || post.excused) continue;
        post.excused = true;
        story.excused += 1;
      }
    }
  }

  /** P2, R10: whatever is not over can still be found by who takes over now. */
  committed(topic: TopicName, partition: number): void {
    this.#note(`${topic}/${partition} is committed at ${this.#commit(topic, partition)}`);
    if (topic === 'outcomes') return this.#outcomesCommitted(partition);
    for (const story of this.stories.values()) {
      if (story.ended || story.partition !== partition) continue;
      const isFound = story.carriers.some(
        (carrier) => story.isCarriedBy(carrier) && carrier.offset >= this.#commit(carrier.topic, partition),
      );
      if (!isFound)
        this.#report(`${story.name}: a commit of ${topic}/${partition} passed its last record (P2, R10)`);
    }
  }

  /** R6: an outcome that a record not yet done needs stands where the next owner reads. */
  #outcomesCommitted(partition: number): void {
    const position = this.#commit('outcomes', partition);
    for (const story of this.stories.values()) {
      if (story.partition !== partition) continue;
      for (const carrier of story.carriers) {
        if (carrier.offset < this.#commit(carrier.topic, partition)) continue;
        const needed = story.copyKnownAt(carrier);
        if (needed !== undefined && needed < position)
          this.#report(`${story.name}: outcomes/${partition} is committed past what its record needs (R6)`);
      }
    }
  }

  /** What happened, in words: one line each. */
  timeline(): string[] {
    return this.#notes.map(({ at, what, headers = {} }) => {
      const { 'event-id': id, endpoint, attempt, step, outcome } = headers;
      const about = [id, endpoint, attempt && `attempt ${attempt}`, step && `step ${step}`, outcome];
      return `${at} ms: ${[what, ...about.filter((part) => part !== undefined)].join(' ')}`;
    });
  }

  /** Is everything over, and every position at its end? */
  get isQuiet(): boolean {
    for (const story of this.stories.values()) if (!story.ended) return false;
    return this.behind().length === 0;
  }

  /** Topic-partitions whose commit is not at their end. */
  behind(): string[] {
    const found: string[] = [];
    for (const topic of workTopics) {
      for (let partition = 0; partition < PARTITIONS; partition += 1) {
        const { end } = this.#store.partition(topic, partition);
        const at = this.#commit(topic, partition);
        if (at !== end) found.push(`${topic}/${partition}: committed ${at} of ${end}`);
      }
    }
    return found;
  }

  /** Every promise, now that nothing moves any more. */
  judge(attemptsAllowed: number): string[] {
    const found = this.behind();
    for (const story of this.stories.values()) found.push(...story.judge(attemptsAllowed));
    return found;
  }

  #commit(topic: string, partition: number): number {
    return this.#store.group('dispatcher').commits.get(`${topic}/${partition}`)?.offset ?? 0;
  }

  #placement(record: LogRecord): void {
    const { topic, offset, partition } = record;
    const decoded = decodeWaiting(record);
    if (!decoded.ok) return this.#report(`${topic}/${partition}/${offset} cannot be read`);
    const { ref, attempt, step } = decoded.value;
    const story = this.#story(ref.eventId, ref.endpointId);
    if (story === undefined) return;
    const isAskedFor = story.outcomes.some(
      ({ decision }) => 'next' in decision && decision.next.attempt === attempt && decision.next.step <= step,
    );
    if (!isAskedFor)
      this.#report(`${story.name}: attempt ${attempt} was placed before an outcome asked for it (P3)`);
    story.carriers.push({ topic, offset, attempt, step });
  }

  #event(record: LogRecord): void {
    const decoded = decodeEvent(record);
    if (!decoded.ok) return;
    const { eventId, tenantId } = decoded.value;
    if (this.events.has(eventId)) return;
    this.events.set(eventId, record.offset);
    for (const endpoint of this.#endpointsOf(tenantId)) {
      const key = `${eventId} ${endpoint}`;
      const story = new Story(key, record.partition);
      story.carriers.push({ topic: 'events', offset: record.offset, attempt: 1, step: 0 });
      this.stories.set(key, story);
    }
  }

  #outcome(record: LogRecord, by: number): void {
    const decoded = decodeOutcome(record);
    if (!decoded.ok || decoded.value.kind !== 'outcome') return;
    const { outcome } = decoded.value;
    const { eventId, endpointId, eventOffset } = outcome.ref;
    const story = this.#story(eventId, endpointId);
    if (story === undefined) return;
    if (eventOffset !== this.events.get(eventId))
      this.#report(`${story.name}: an outcome under another offset of the event (P10)`);
    if (outcome.attempt > 1 && !story.firsts.has(outcome.attempt - 1))
      this.#report(`${story.name}: the outcome of attempt ${outcome.attempt} came before the one before it`);
    story.tell(outcome, record.offset);
    const post = story.posts.find(({ open, by: maker }) => open && maker === by);
    if (post !== undefined && outcome.decision.kind !== 'deferred') post.open = false;
  }

  #story(eventId: string, endpoint: string): Story | undefined {
    return this.stories.get(`${eventId} ${endpoint}`);
  }

  #note(what: string, headers?: Headers): void {
    this.#notes.push({ at: Date.now() - this.#began, what, headers });
  }

  #report(problem: string): void {
    // One bug breaks a promise many times over; the first ones say it.
    if (this.problems.length < 5) this.problems.push(problem);
  }
}
