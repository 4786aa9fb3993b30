/**
 * Notes when and from where a key was last used: gathered in memory and written apart from the key's row, a first use
 * within a second, further ones of a busy key twice a minute. The usage log has every request.
 */
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../../db/open.ts';
import type { KeyPrincipal } from '../principal.ts';
import { recordUses } from './queries.ts';

const FLUSH_MS = 1_000;
/** Twenty thousand keys that are used all the time would else be twenty thousand rows a second. */
const REST_MS = 30_000;

export type KeyUsage = ReturnType<typeof createKeyUsage>;

/** What is known of a key's use in this process; part of its meter. */
export interface UseMarks {
  /** Milliseconds since this process began: small numbers lie in the object itself. */
  usedAt: number;
  usedFrom: string;
  /** Not yet written. */
  waiting: boolean;
  /** The same; null: not in this process. */
  writtenAt: number | null;
}

type Used = Pick<KeyPrincipal, 'keyId'> & { readonly meter: UseMarks };

export function createKeyUsage(parts: { db: Db; now: () => Date; log: Pick<FastifyBaseLogger, 'error'> }) {
  const { db, now, log } = parts;
  // At most one entry a key of this installation.
  let waiting: Used[] = [];
  const began = now().getTime();
  let timer: NodeJS.Timeout | null = null;
  let failing = false;

  async function write(batch: readonly Used[]): Promise<void> {
    if (batch.length === 0) return;
    const at = now().getTime() - began;
    for (const { meter } of batch) meter.waiting = false;
    try {
      await recordUses(
        db,
        batch.map(({ keyId, meter }) => ({ keyId, at: new Date(began + meter.usedAt), ip: meter.usedFrom })),
      );
      for (const { meter } of batch) meter.writtenAt = at;
      failing = false;
    } catch (error) {
      for (const key of batch) if (!key.meter.waiting) wait(key);
      if (!failing) log.error({ err: error }, 'writing last uses of API keys failed; trying again');
      failing = true;
    }
  }

  function wait(key: Used): void {
    key.meter.waiting = true;
    waiting.push(key);
  }

  /** Everything that waits. */
  async function flush(): Promise<void> {
    const batch = waiting;
    waiting = [];
    await write(batch);
  }

  async function flushRested(): Promise<void> {
    const before = now().getTime() - began - REST_MS;
    const batch: Used[] = [];
    const resting: Used[] = [];
    for (const key of waiting) {
      const { writtenAt } = key.meter;
      (writtenAt === null || writtenAt <= before ? batch : resting).push(key);
    }
    waiting = resting;
    await write(batch);
  }

  return {
    flush,

    /** Costs the request nothing but two values in the key's meter. */
    note(key: Used, ip: string): void {
      const { meter } = key;
      meter.usedAt = now().getTime() - began;
      meter.usedFrom = ip;
      if (!meter.waiting) wait(key);
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
