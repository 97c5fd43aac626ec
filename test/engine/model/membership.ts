import { LogError, MemoryStore, type LogRecord } from '#log';
import { pass } from '../../support/held-clock.ts';
import { Member, TIER_MS, workTopics, type WorkTopic } from './members.ts';

export const PARTITIONS = 3;
const MOST = 3;
const unavailable = () => new LogError('log_unavailable', 'asked for by the model');

/** Members over one log, and what must hold after every step. */
export class MembershipUnderTest {
  readonly store = new MemoryStore();
  readonly members: Member[] = [];
  readonly problems: string[] = [];
  readonly #finished = new Set<string>();
  readonly #commits = new Map<string, number>();
  /** In the order in which they were asked for, by lane. */
  readonly #asked = new Map<string, number[]>();
  readonly #tellLater: (() => void)[] = [];
  #count = 0;
  #joined = 0;

  constructor() {
    this.store.ensureTopics(PARTITIONS);
  }

  member(n: number): Member | undefined {
    return this.members[n % Math.max(1, this.members.length)];
  }

  async join(): Promise<void> {
    if (this.members.length >= MOST) return;
    const member = new Member((this.#joined += 1), this.store, (record) => this.#woken(record));
    this.members.push(member);
    await member.join();
  }

  /** By the batcher of a member, so that refusals and lost answers meet it. */
  append(n: number, topic: WorkTopic, partition: number, records: number): void {
    const member = this.member(n);
    for (let left = records; member !== undefined && left > 0; left -= 1) {
      this.#count += 1;
      const lane = `${topic}/${partition}/${member.id}`;
      this.#asked.set(lane, [...(this.#asked.get(lane) ?? []), this.#count]);
      const headers = { n: String(this.#count), lane };
      const value = new Uint8Array(10);
      member.batcher.append({ topic, partition, key: null, headers, value }).catch(() => {});
    }
  }

  trouble(written: boolean): void {
    this.store.failNextAppend({ error: unavailable(), written });
  }

  complete(n: number, which: number): void {
    const record = this.member(n)?.complete(which);
    if (record !== undefined) this.#finished.add(`${record.topic}/${record.partition}/${record.offset}`);
  }

  dismiss(n: number): void {
    const member = this.member(n);
    if (member !== undefined && this.#isKnown(member))
      this.#tellLater.push(this.store.dismiss(member.memberId));
  }

  tell(): void {
    this.#tellLater.shift()?.();
  }

  crash(n: number): void {
    const member = this.member(n);
    if (member === undefined) return;
    member.crash();
    this.members.splice(this.members.indexOf(member), 1);
  }

  async leave(n: number): Promise<void> {
    const member = this.member(n);
    if (member === undefined) return;
    this.members.splice(this.members.indexOf(member), 1);
    await member.leave();
  }

  async wake(ms: number): Promise<void> {
    await pass(ms);
    for (const member of this.members) member.wake();
    await pass(0);
  }

  /** After every step. */
  check(): void {
    for (const [key, { offset }] of this.store.group('dispatcher').commits) {
      const before = this.#commits.get(key) ?? 0;
      if (offset < before)
        this.problems.push(`${key}: the commit went back from ${before} to ${offset} (R11)`);
      for (let at = before; at < offset; at += 1)
        if (!this.#finished.has(`${key}/${at}`))
          this.problems.push(`${key}: committed past ${at}, which is not done (P2)`);
      this.#commits.set(key, offset);
    }
    for (let partition = 0; partition < PARTITIONS; partition += 1) {
      const owners = this.members.filter((member) => member.mayAct(partition));
      if (owners.length > 1) this.problems.push(`${partition} has ${owners.length} owners (R9)`);
      for (const owner of owners) {
        const offsets =
          owner.owned.get(partition)?.inHand.map(({ topic, offset }) => `${topic}/${offset}`) ?? [];
        if (new Set(offsets).size < offsets.length)
          this.problems.push(`${partition}: in hand twice: ${offsets.join()}`);
      }
    }
    for (const { crashes } of this.members)
      for (const { message } of crashes) this.problems.push(`a member crashed: ${message}`);
  }

  /** Whatever was refused, dropped for want of room or abandoned comes in the end. */
  async finish(): Promise<void> {
    while (this.#tellLater.length > 0) this.tell();
    for (const { memberId } of this.members) this.store.setFresh(memberId, true);
    await pass(100);
    if (this.members.length === 0) await this.join();
    for (let round = 0; round < 200 && this.#behind().length > 0; round += 1) {
      await this.wake(TIER_MS);
      for (let n = 0; n < this.members.length; n += 1) {
        for (let left = 40; left > 0; left -= 1) this.complete(n, 0);
        await this.member(n)?.commit();
      }
      this.check();
    }
    this.problems.push(...this.#behind());
    this.#checkOrder();
    for (const member of this.members) await member.leave();
  }

  #isKnown({ memberId }: Member): boolean {
    return this.store.group('dispatcher').members.some((one) => one.memberId === memberId);
  }

  #behind(): string[] {
    const found: string[] = [];
    for (const topic of workTopics) {
      for (let partition = 0; partition < PARTITIONS; partition += 1) {
        const { end } = this.store.partition(topic, partition);
        const at = this.store.group('dispatcher').commits.get(`${topic}/${partition}`)?.offset ?? 0;
        if (at !== end) found.push(`${topic}/${partition}: committed ${at} of ${end}`);
      }
    }
    return found;
  }

  #woken({ topic, partition, offset, appendedAt }: LogRecord): void {
    const early = appendedAt + TIER_MS - this.store.now();
    if (early > 0) this.problems.push(`${topic}/${partition}/${offset} woke ${early} ms early (R15)`);
  }

  /** R13: a lane's records stand in the order in which they were asked for; a copy may follow. */
  #checkOrder(): void {
    for (const topic of workTopics) {
      for (let partition = 0; partition < PARTITIONS; partition += 1) {
        const newest = new Map<string, number>();
        const there = this.store.partition(topic, partition);
        for (let at = 0; at < there.end; at += 1) {
          const { n = '', lane = '' } = there.at(at)?.headers ?? {};
          const expected = this.#asked.get(lane) ?? [];
          const before = newest.get(lane) ?? 0;
          const index = expected.indexOf(Number(n)) + 1;
          if (index > before + 1)
            this.problems.push(`${topic}/${partition}/${at}: its lane's order was broken (R13)`);
          newest.set(lane, Math.max(before, index));
        }
      }
    }
  }
}
