/**
 * Loading what memory mirrors, without overlap: an older load that finished later would bring old rows back. It is of the
 * whole installation, whoever asked for it.
 */
import { asSystem } from './context.ts';

export interface Reload {
  /** Resolves when a load that began after this call is done: one that already runs may have read before the caller's change. */
  run(): Promise<void>;
  /** Resolves when nothing runs any more, however it ended. */
  settled(): Promise<void>;
}

export function createReload(load: () => Promise<void>): Reload {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  function run(): Promise<void> {
    if (!running) {
      running = asSystem(load).finally(() => {
        running = null;
      });
      return running;
    }
    next ??= running
      .catch(() => {})
      .then(() => {
        next = null;
        return run();
      });
    return next;
  }

  return {
    run,
    async settled() {
      await Promise.allSettled([running, next]);
    },
  };
}
