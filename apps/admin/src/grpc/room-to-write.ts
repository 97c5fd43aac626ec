import type { Writable } from 'node:stream';

/** Resolves when the client takes more, has gone, or this process begins to stop. Leaves no listener behind. */
export function roomToWrite(
  call: Pick<Writable, 'on' | 'off' | 'destroyed'>,
  closing: AbortSignal,
): Promise<void> {
  if (call.destroyed || closing.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const go = () => {
      call.off('drain', go);
      call.off('close', go);
      closing.removeEventListener('abort', go);
      resolve();
    };
    call.on('drain', go);
    call.on('close', go);
    closing.addEventListener('abort', go);
  });
}
