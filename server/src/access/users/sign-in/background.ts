/**
 * Work that an answer must not wait for, because its duration would tell whether an account exists: mails of forgotten
 * passwords, audit entries of failed sign-ins. It begins a moment after the answer has gone, at a time that nobody can
 * foresee: begun at once, it would compete with the answer for the same core. One after the other, and no more than a
 * bounded number waits; what waits when the process is killed is lost.
 */
import type { FastifyBaseLogger } from 'fastify';
import { asSystem } from '../../../context.ts';

const MOST_WAITING = 500;
/** Milliseconds from when work is given until it begins. */
const SOONEST_MS = 50;
const LATEST_MS = 250;

export type Background = ReturnType<typeof createBackground>;

export function createBackground({ log }: { log: Pick<FastifyBaseLogger, 'error'> }) {
  const waiting: { what: string; work: () => Promise<void>; notBefore: number }[] = [];
  let timer: NodeJS.Timeout | null = null;
  let done: Promise<void> = Promise.resolve();

  async function workOff(hurry: boolean): Promise<void> {
    for (let next = waiting[0]; next && (hurry || next.notBefore <= performance.now()); next = waiting[0]) {
      waiting.shift();
      const { what, work } = next;
      await asSystem(async () => await work()).catch((error: unknown) =>
        log.error({ err: error, what }, 'work behind a sign-in failed'),
      );
    }
    waitForNext();
  }

  function begin(hurry: boolean): void {
    if (timer) clearTimeout(timer);
    timer = null;
    done = done.then(() => workOff(hurry));
  }

  function waitForNext(): void {
    const [next] = waiting;
    if (!next || timer) return;
    const ms = Math.max(1, next.notBefore - performance.now());
    timer = asSystem(() => setTimeout(begin, ms, false));
  }

  return {
    run(what: string, work: () => Promise<void>): void {
      if (waiting.length >= MOST_WAITING) {
        log.error({ what }, 'too much waits behind sign-ins; left out');
        return;
      }
      const notBefore = performance.now() + SOONEST_MS + Math.random() * (LATEST_MS - SOONEST_MS);
      waiting.push({ what, work, notBefore });
      waitForNext();
    },

    /** Begins what waits, and resolves when nothing of it is left to do. */
    settled(): Promise<void> {
      begin(true);
      return done;
    },
  };
}
