/**
 * Contract time to real time. 1 everywhere but in demonstrations, where 0.01 makes two hours 72 seconds.
 * Stored in `control` when the installation is created; another one refuses to start (R15).
 */
export function scaled(ms: number, timeScale: number): number {
  return Math.round(ms * timeScale);
}
