import process from 'node:process';

let isMuted = false;

/** kafkajs sets a timer of −1 ms now and then; Node says so once a process. That warning only, by its name. */
export function muteTimeoutNegativeWarning(): void {
  if (isMuted) return;
  isMuted = true;
  const emit: unknown = Reflect.get(process, 'emitWarning');
  const isMeant = (given: readonly unknown[]) =>
    given.some((one) => one === 'TimeoutNegativeWarning') ||
    (given[0] instanceof Error && given[0].name === 'TimeoutNegativeWarning');
  process.emitWarning = (...given: readonly unknown[]) => {
    if (!isMeant(given) && typeof emit === 'function') Reflect.apply(emit, process, given);
  };
}
