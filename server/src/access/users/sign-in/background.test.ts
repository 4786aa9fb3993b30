/** Work behind an answer: when it begins, and that nothing of it is lost. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { createBackground } from './background.ts';

afterEach(() => void vi.useRealTimers());

function backgroundOf() {
  const errors: unknown[] = [];
  const background = createBackground({ log: { error: (line: unknown) => void errors.push(line) } as never });
  return { background, errors };
}

test('work begins well after it was given, also while or right after other work runs', async () => {
  const { background } = backgroundOf();
  const waited: number[] = [];
  for (let n = 0; n < 40; n++) {
    const given = performance.now();
    background.run('waiting', async () => {
      waited.push(performance.now() - given);
      await sleep(5);
    });
    await sleep(15);
  }
  while (waited.length < 40) await sleep(10);
  expect(Math.min(...waited)).toBeGreaterThanOrEqual(49);
});

test('what is asked to settle begins at once, in the order it was given, whatever fails of it', async () => {
  // No time passes: what waited for it would never begin.
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
  const { background, errors } = backgroundOf();
  const done: number[] = [];
  for (let n = 0; n < 5; n++) {
    background.run('counting', () => {
      if (n === 1) throw new Error('at once');
      done.push(n);
      return n === 2 ? Promise.reject(new Error('later')) : Promise.resolve();
    });
  }
  await background.settled();
  expect(done).toEqual([0, 2, 3, 4]);
  expect(errors).toHaveLength(2);
});

test('no more than 500 wait; what is too much is left out and said', async () => {
  const { background, errors } = backgroundOf();
  let done = 0;
  for (let n = 0; n < 503; n++) background.run('counting', async () => void done++);
  await background.settled();
  expect([done, errors.length]).toEqual([500, 3]);
});
