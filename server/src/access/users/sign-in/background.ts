/**
 * Work that an answer must not wait for, because its duration would tell whether an account exists: mails of forgotten
 * passwords, audit entries of failed sign-ins. It begins a moment after the answer has gone, at a time that nobody can
 * foresee: begun at once, it would compete with the answer for the same core. One after the other, and no more than a
 * bounded number waits; what waits when the process is killed is lost.
 */
import type { FastifyBaseLogger } from 'fastify';
import { asSystem } from '../../../context.ts';

const MOST_WAITING = 500;
/** Milliseconds from the first work that waits until it begins. */
const SOONEST_MS = 50;
const LATEST_MS = 250;

export type Background = ReturnType<typeof createBackground>;

export function createBackground({ log }: { log: Pick<FastifyBaseLogger, 'error'> }) {
  const waiting: { what: string; work: () => Promise<void> }[] = [];
  let timer: NodeJS.Timeout | null = null;
  let done: Promise<void> = Promise.resolve();

  async function workOff(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { what, work } = next;
      await asSystem(work).catch((error: unknown) => log.error({ err: error, what }, 'work behind a sign-in failed'));
    }
  }

  function begin(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    done = done.then(workOff);
  }

  return {
    run(what: string, work: () => Promise<void>): void {
      if (waiting.length >= MOST_WAITING) {
        log.error({ what }, 'too much waits behind sign-ins; left out');
        return;
      }
      waiting.push({ what, work });
      timer ??= setTimeout(begin, SOONEST_MS + Math.random() * (LATEST_MS - SOONEST_MS));
    },

    /** Begins what waits, and resolves when nothing of it is left to do. */
    settled(): Promise<void> {
      begin();
      return done;
    },
  };
}
