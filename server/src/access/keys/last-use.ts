/** Notes when and from where a key was last used: gathered in memory, written once a second, apart from the key's row. */
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../../db/open.ts';
import { recordUses } from './queries.ts';

const FLUSH_MS = 1_000;

export type KeyUsage = ReturnType<typeof createKeyUsage>;

export function createKeyUsage(parts: { db: Db; now: () => Date; log: Pick<FastifyBaseLogger, 'error'> }) {
  const { db, now, log } = parts;
  // At most one entry a key of this installation, so the map is bounded by the index.
  let pending = new Map<number, { keyId: number; at: Date; ip: string }>();
  let timer: NodeJS.Timeout | null = null;
  let failing = false;

  async function flush(): Promise<void> {
    if (pending.size === 0) return;
    const batch = pending;
    pending = new Map();
    try {
      await recordUses(db, [...batch.values()]);
      failing = false;
    } catch (error) {
      for (const [keyId, use] of batch) if (!pending.has(keyId)) pending.set(keyId, use);
      if (!failing) log.error({ err: error }, 'writing last uses of API keys failed; trying again');
      failing = true;
    }
  }

  return {
    flush,

    /** Costs the request nothing but a map entry. */
    note(keyId: number, ip: string): void {
      pending.set(keyId, { keyId, at: now(), ip });
    },

    start(): void {
      const loop = () => {
        timer = setTimeout(() => void flush().finally(() => timer && loop()), FLUSH_MS);
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
