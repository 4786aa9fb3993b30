/** GET /echo: a probe that can be told to wait and to fail. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../errors.ts';
import type { Handlers } from './protocol/door.ts';

const MAX_DELAY_MS = 10_000;

export function testingHandlers(): Handlers {
  return {
    async echo({ query, headers }) {
      const { message, delay, triggerError, triggerMultipleErrors, triggerUnexpectedError } = query;
      if (delay !== undefined) await sleep(Math.min(Math.max(0, delay), MAX_DELAY_MS));
      if (triggerUnexpectedError) throw new Error('An unexpected error was asked for.');
      if (triggerError || triggerMultipleErrors) {
        const asked = { field: 'triggerError', message: 'An error was asked for.' };
        const fields = triggerMultipleErrors ? [asked, { ...asked, field: 'triggerMultipleErrors' }] : [asked];
        throw new AppError('validation_error', asked.message, { fields });
      }
      return { method: 'get', message, headers };
    },
  };
}
