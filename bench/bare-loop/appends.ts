import kafkajs, { type Kafka, type Message, type Producer } from 'kafkajs';

/** Of 1 KiB each, this stays below what a broker takes in one batch. */
const MOST = 500;

export const kafkaOf = (brokers: readonly string[]): Kafka =>
  new kafkajs.Kafka({ brokers: [...brokers], clientId: 'bare-loop', logLevel: kafkajs.logLevel.NOTHING });

/** One append in flight; what gathered meanwhile is the next. */
export class Appends {
  readonly #producer: Producer;
  readonly #topic: string;
  #gathered: { readonly message: Message; readonly onDurable: () => void }[] = [];
  #isBusy = false;

  constructor(producer: Producer, topic: string) {
    this.#producer = producer;
    this.#topic = topic;
  }

  append(value: Buffer, onDurable: () => void = () => {}): void {
    this.#gathered.push({ message: { value, partition: 0 }, onDurable });
    if (!this.#isBusy) void this.#flush();
  }

  async #flush(): Promise<void> {
    this.#isBusy = true;
    while (this.#gathered.length > 0) {
      const batch = this.#gathered.splice(0, MOST);
      await this.#producer.send({
        topic: this.#topic,
        acks: -1,
        messages: batch.map(({ message }) => message),
      });
      for (const { onDurable } of batch) onDurable();
    }
    this.#isBusy = false;
  }
}
