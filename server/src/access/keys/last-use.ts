/**
 * Notes when and from where a key was last used: gathered in memory and written apart from the key's row, a first use
 * within a second, further ones of a busy key twice a minute. The usage log has every request.
 */
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../../db/open.ts';
import { recordUses } from './queries.ts';

const FLUSH_MS = 1_000;
/** Twenty thousand keys that are used all the time would else be twenty thousand rows a second. */
const REST_MS = 30_000;

export type KeyUsage = ReturnType<typeof createKeyUsage>;

interface Use {
  readonly keyId: number;
  /** Milliseconds since 1970. */
  at: number;
  ip: string;
  /** Not yet written. */
  waiting: boolean;
  writtenAt: number;
}

export function createKeyUsage(parts: { db: Db; now: () => Date; log: Pick<FastifyBaseLogger, 'error'> }) {
  const { db, now, log } = parts;
  // At most one entry a key of this installation, so the map is bounded by the index.
  const uses = new Map<number, Use>();
  let waiting: Use[] = [];
  let timer: NodeJS.Timeout | null = null;
  let failing = false;

  async function write(batch: readonly Use[]): Promise<void> {
    if (batch.length === 0) return;
    const at = now().getTime();
    for (const use of batch) use.waiting = false;
    try {
      await recordUses(
        db,
        batch.map((use) => ({ keyId: use.keyId, at: new Date(use.at), ip: use.ip })),
      );
      for (const use of batch) use.writtenAt = at;
      failing = false;
    } catch (error) {
      for (const use of batch) if (!use.waiting) wait(use);
      if (!failing) log.error({ err: error }, 'writing last uses of API keys failed; trying again');
      failing = true;
    }
  }

  function wait(use: Use): void {
    use.waiting = true;
    waiting.push(use);
  }

  /** Everything that waits. */
  async function flush(): Promise<void> {
    const batch = waiting;
    waiting = [];
    await write(batch);
  }

  async function flushRested(): Promise<void> {
    const before = now().getTime() - REST_MS;
    const batch = waiting.filter((use) => use.writtenAt <= before);
    waiting = waiting.filter((use) => use.writtenAt > before);
    await write(batch);
  }

  return {
    flush,

    /** Costs the request nothing but two numbers in a map entry. */
    note(keyId: number, ip: string): void {
      let use = uses.get(keyId);
      if (!use) {
        use = { keyId, at: 0, ip, waiting: false, writtenAt: 0 };
        uses.set(keyId, use);
      }
      use.at = now().getTime();
      use.ip = ip;
      if (!use.waiting) wait(use);
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
