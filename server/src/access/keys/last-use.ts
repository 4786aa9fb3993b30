/**
 * Notes when and from where a key was last used, as the usage log tells it: gathered in memory and written apart from
 * the key's row, a first use within a second or two, further ones of a busy key twice a minute.
 */
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../../db/open.ts';
import type { Meter } from '../meter.ts';
import { recordUses } from './queries.ts';

const FLUSH_MS = 1_000;
/** Twenty thousand keys that are used all the time would else be twenty thousand rows a second. */
const REST_MS = 30_000;

export type KeyUsage = ReturnType<typeof createKeyUsage>;

export function createKeyUsage(parts: { db: Db; now: () => Date; log: Pick<FastifyBaseLogger, 'error'> }) {
  const { db, now, log } = parts;
  const began = now().getTime();
  // At most one entry a key of this installation.
  let waiting: Meter[] = [];
  let timer: NodeJS.Timeout | null = null;
  let failing = false;

  async function write(batch: readonly Meter[]): Promise<void> {
    if (batch.length === 0) return;
    const at = now().getTime() - began;
    for (const meter of batch) meter.waiting = false;
    try {
      await recordUses(
        db,
        batch.flatMap(({ keyId, usedAt, usedFrom }) =>
          keyId === null ? [] : { keyId, at: new Date(began + usedAt), ip: usedFrom },
        ),
      );
      for (const meter of batch) meter.writtenAt = at;
      failing = false;
    } catch (error) {
      for (const meter of batch) if (!meter.waiting) wait(meter);
      if (!failing) log.error({ err: error }, 'writing last uses of API keys failed; trying again');
      failing = true;
    }
  }

  function wait(meter: Meter): void {
    meter.waiting = true;
    waiting.push(meter);
  }

  /** Everything that waits. */
  async function flush(): Promise<void> {
    const batch = waiting;
    waiting = [];
    await write(batch);
  }

  async function flushRested(): Promise<void> {
    const before = now().getTime() - began - REST_MS;
    const batch: Meter[] = [];
    const resting: Meter[] = [];
    for (const meter of waiting) {
      (meter.writtenAt === null || meter.writtenAt <= before ? batch : resting).push(meter);
    }
    waiting = resting;
    await write(batch);
  }

  return {
    flush,

    /** @param at milliseconds since 1970, of the last of some requests. */
    note(meter: Meter, at: number, ip: string): void {
      meter.usedAt = at - began;
      meter.usedFrom = ip;
      if (!meter.waiting) wait(meter);
    },

    start(): void {
      const loop = () => {
        timer = setTimeout(() => void flushRested().finally(() => timer && loop()), FLUSH_MS);
        timer.unref();
      };
      loop();
    },

    async stop(): Promise<void> {
      if (timer) clearTimeout(timer);
      timer = null;
      await flush();
    },
  };
}
