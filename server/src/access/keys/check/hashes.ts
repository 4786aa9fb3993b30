/**
 * What is stored of a key: an HMAC under a subkey of the installation's secret. Keys made under HEADGATE_PREVIOUS_SECRET
 * still verify; a used one is hashed anew within a second, which touches nothing but its hash.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../../../db/open.ts';
import { inTransaction } from '../../../db/tx.ts';
import { createAsciiHmac, type Hmac, subkey } from '../../secrets.ts';
import { bumpRevision, replaceHashes } from '../queries.ts';
import { createChaskey } from './chaskey.ts';

const FLUSH_MS = 1_000;

export type KeyHashes = ReturnType<typeof createKeyHashes>;

interface Pepper {
  /** Which secret it is; tells nothing about it. */
  readonly id: string;
  readonly hmac: Hmac;
}

/** The part of a key's entry that its text is compared with. */
export interface Stored {
  readonly hash: Buffer;
  /** Of the key's row; null: made before rows said so. */
  readonly secretId: string | null;
}

function pepperOf(secret: string): Pepper {
  return {
    id: subkey(secret, 'api-key-name').subarray(0, 8).toString('hex'),
    hmac: createAsciiHmac(subkey(secret, 'api-key')),
  };
}

export function createKeyHashes(secret: string, previousSecret: string | null) {
  const current = pepperOf(secret);
  const previous = previousSecret === null ? null : pepperOf(previousSecret);

  /**
   * In constant time, once it is known under which secret the key was made.
   * @returns `old`: right, and made under the previous secret.
   */
  function compare(text: string, { hash: stored, secretId }: Stored): 'right' | 'old' | 'wrong' {
    const older = previous !== null && secretId === previous.id;
    const { hmac } = older ? previous : current;
    hmac(text);
    if (timingSafeEqual(stored, hmac.digest)) return older ? 'old' : 'right';
    if (previous === null || secretId !== null) return 'wrong';
    previous.hmac(text);
    return timingSafeEqual(stored, previous.hmac.digest) ? 'old' : 'wrong';
  }

  function hash(text: string): Buffer {
    current.hmac(text);
    return Buffer.from(current.hmac.digest);
  }

  return {
    /** Goes beside the hash into the key's row. */
    secretId: current.id,
    hash,

    /**
     * What a text looks like to this process alone: a MAC under a key that only it has. Twelve of its bytes are kept: a wrong
     * text has them once in 2^96. Who reads the memory finds no key from them, and for a text that this process alone would
     * take for one tries 2^65, as it must have a key's form and checksum.
     */
    glance: createChaskey(randomBytes(16)),
    compare,
  };
}

/** Hashes used keys of the previous secret anew, in batches and apart from the request. */
export function createRehash(parts: {
  db: Db;
  hashes: KeyHashes;
  refresh: () => Promise<void>;
  log: Pick<FastifyBaseLogger, 'error'>;
}) {
  const { db, hashes, refresh, log } = parts;
  // At most one entry a key of this installation.
  const pending = new Map<number, { keyId: number; old: Buffer; hash: Buffer }>();
  let timer: NodeJS.Timeout | null = null;

  async function flush(): Promise<void> {
    if (pending.size === 0) return;
    const batch = [...pending.values()];
    pending.clear();
    try {
      await inTransaction(db, async (tx) => {
        await replaceHashes(tx, batch, hashes.secretId, await bumpRevision(tx));
      });
      await refresh();
    } catch (error) {
      // They still verify; their next use brings them back here.
      log.error({ err: error }, 'hashing API keys under the new secret failed; trying again');
    }
  }

  return {
    flush,

    note(keyId: number, old: Buffer, text: string): void {
      if (!pending.has(keyId)) pending.set(keyId, { keyId, old, hash: hashes.hash(text) });
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
