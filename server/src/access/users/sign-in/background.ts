/**
 * Work that an answer must not wait for, because its duration would tell whether an account exists: mails of forgotten
 * passwords, audit entries of failed sign-ins. One after the other, and no more than a bounded number waits.
 */
import type { FastifyBaseLogger } from 'fastify';
import { asSystem } from '../../../context.ts';

const MOST_WAITING = 500;

export type Background = ReturnType<typeof createBackground>;

export function createBackground({ log }: { log: Pick<FastifyBaseLogger, 'error'> }) {
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();

  return {
    run(what: string, work: () => Promise<void>): void {
      if (waiting >= MOST_WAITING) {
        log.error({ what }, 'too much waits behind sign-ins; left out');
        return;
      }
      waiting++;
      last = last
        .then(() => asSystem(work))
        .catch((error: unknown) => log.error({ err: error, what }, 'work behind a sign-in failed'))
        .finally(() => {
          waiting--;
        });
    },
    /** Resolves when nothing of what was given until now is left to do. */
    settled: (): Promise<void> => last,
  };
}
