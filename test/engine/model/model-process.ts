import type { MemoryStore, TopicName } from '#log';
import type { SendRequest } from '#webhook-http';
import type { SecretBox } from '#control';
import type { DispatcherOptions } from '../../../apps/dispatcher/src/create-dispatcher.ts';
import { DispatcherRig } from '../../support/dispatcher-rig.ts';
import { FakeSender } from '../../support/fake-sender.ts';
import { ModelLog } from './model-log.ts';
import type { Owner, Place } from './witness.ts';

export interface ProcessWorld {
  readonly store: MemoryStore;
  readonly secrets: SecretBox;
  readonly timeScale: number;
  readonly options: DispatcherOptions;
  /** The receivers: they outlive every process. */
  readonly receivers: FakeSender;
  readonly onWritten: (by: number, places: readonly Place[]) => void;
  readonly onCommitted: (topic: TopicName, partition: number) => void;
  readonly onPost: (by: ModelProcess, request: SendRequest) => void;
}

/** A group's session: a member unheard of for longer is let go; it starts nothing any more 5 s before (R9). */
const SESSION_MS = 10_000;
const FRESH_MS = SESSION_MS - 5_000;

/** One dispatcher, and what befalls it. */
export class ModelProcess implements Owner {
  readonly id: number;
  readonly log: ModelLog;
  readonly rig: DispatcherRig;
  readonly #world: ProcessWorld;
  #state: 'alive' | 'stopping' | 'gone' = 'alive';
  #stopped: Promise<void> | undefined;
  #tell: (() => void) | undefined;
  readonly #timers: NodeJS.Timeout[] = [];
  #isCut = false;

  constructor(id: number, world: ProcessWorld) {
    this.id = id;
    this.#world = world;
    this.log = new ModelLog(world.store, (places) => world.onWritten(id, places), world.onCommitted);
    const sender = new FakeSender();
    sender.send = (request) => {
      world.onPost(this, request);
      return world.receivers.send(request);
    };
    this.rig = new DispatcherRig(this.log, { sender, secrets: world.secrets });
  }

  get isGone(): boolean {
    return this.#state === 'gone';
  }

  /** Alive, and nobody has asked it to stop. */
  get isAlive(): boolean {
    return this.#state === 'alive';
  }

  owns(partition: number): boolean {
    const group = this.log.memberOf;
    return !this.isGone && group !== undefined && group.owns(partition) && group.isFresh();
  }

  async start(): Promise<void> {
    const { options, timeScale } = this.#world;
    await this.rig.open({ timeScale, dispatcher: options });
  }

  /** SIGTERM. Resolves when it has left. */
  stop(): Promise<void> {
    if (this.isAlive) this.#state = 'stopping';
    return (this.#stopped ??= this.#stop());
  }

  async #stop(): Promise<void> {
    await this.rig.close();
    if (this.isGone) return;
    await this.log.close();
    this.#state = 'gone';
  }

  /** kill -9; the group notices after `noticedMs`. */
  kill(lands: boolean, noticedMs: number): void {
    this.#state = 'gone';
    this.#forgetTimers();
    this.log.end(lands);
    const { members } = this.#world.store.group('dispatcher');
    const member = members.find(({ memberId }) => memberId === this.#memberId);
    member?.kill();
    if (member === undefined || noticedMs === 0) this.log.crash();
    else setTimeout(() => this.log.crash(), noticedMs);
    // Frees its timers; a dead member commits nothing.
    void this.rig.close().catch(() => {});
  }

  /** Nothing comes through for so long; the group lets it go when that is too long for it. */
  cut(ms: number, toldAfterMs: number, onDismissed: () => void): void {
    if (this.#isCut) return;
    this.#isCut = true;
    this.#forgetTimers();
    this.log.cut();
    const { store } = this.#world;
    this.#after(FRESH_MS, () => {
      if (this.#tell === undefined && this.#isMember) store.setFresh(this.#memberId, false);
    });
    this.#after(SESSION_MS, () => {
      if (this.#tell !== undefined || !this.#isMember) return;
      this.#tell = store.dismiss(this.#memberId);
      onDismissed();
    });
    this.#after(ms, () => this.heal(toldAfterMs));
  }

  heal(toldAfterMs: number): void {
    if (this.isGone || !this.#isCut) return;
    this.#isCut = false;
    this.#forgetTimers();
    this.log.heal();
    if (toldAfterMs === 0) this.#hear();
    else this.#after(toldAfterMs, () => this.#hear());
  }

  /** Its heartbeats are answered again: by the group it is in, or with the news that it is not. */
  #hear(): void {
    const tell = this.#tell;
    this.#tell = undefined;
    if (tell !== undefined) tell();
    else if (this.#isMember) this.#world.store.setFresh(this.#memberId, true);
  }

  /** The group lets it go, and it knows at once. False: it was cut off, and what becomes of it is under way. */
  expel(): boolean {
    if (this.#isCut || this.#tell !== undefined) return false;
    this.#world.store.expel(this.#memberId);
    return true;
  }

  get #memberId(): string {
    return this.log.memberOf?.memberId ?? '';
  }

  /** One that is stopping may have left, whatever it still waits for. */
  get #isMember(): boolean {
    const { members } = this.#world.store.group('dispatcher');
    return members.some(({ memberId }) => memberId === this.#memberId);
  }

  #forgetTimers(): void {
    for (const timer of this.#timers.splice(0)) clearTimeout(timer);
  }

  #after(ms: number, then: () => void): void {
    this.#timers.push(
      setTimeout(() => {
        if (!this.isGone) then();
      }, ms),
    );
  }
}
