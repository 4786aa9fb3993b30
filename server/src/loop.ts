/** The due-work loop: takes what there is, then waits for a hint or the next poll. A failing step is tried again later. */

import { setTimeout as sleep } from 'node:timers/promises';

export interface Loop {
  /** A hint that there may be something to do. */
  wake(): void;
  start(): void;
  /** Begins nothing more and resolves when the running step has ended. */
  stop(): Promise<void>;
  stopping(): boolean;
}

export function createLoop(options: {
  /** @returns whether to go on at once. */
  step: () => Promise<boolean>;
  pollMs: number;
  /** After a step that threw. A hint does not shorten it: what failed would fail again. */
  afterErrorMs: number;
  onError: (error: unknown) => void;
}): Loop {
  let running: Promise<void> | null = null;
  let stopping = false;
  let woken = false;
  let endPoll: (() => void) | null = null;
  const stop = new AbortController();

  async function loop(): Promise<void> {
    while (!stopping) {
      try {
        if (!(await options.step())) await poll();
      } catch (error) {
        options.onError(error);
        await sleep(options.afterErrorMs, undefined, { signal: stop.signal }).catch(() => {});
      }
    }
  }

  async function poll(): Promise<void> {
    if (!woken && !stopping) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, options.pollMs);
        endPoll = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    woken = false;
    endPoll = null;
  }

  function wake(): void {
    woken = true;
    endPoll?.();
  }

  return {
    wake,
    start() {
      running ??= loop();
    },
    async stop() {
      stopping = true;
      stop.abort();
      wake();
      await running;
    },
    stopping: () => stopping,
  };
}
