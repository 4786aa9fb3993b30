/** Seals secrets for the database: AES-256-GCM under a key derived from the installation's secret, one for each purpose. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

export interface Seal {
  /** `context` (the owner row's id) is authenticated too, so that a sealed value copied to another row does not open. */
  seal(plain: string, context: string): Buffer;
  /**
   * What was sealed under the previous secret opens too.
   * @throws Error when the bytes were changed, belong to another row, or the installation's secret is another one.
   */
  open(sealed: Buffer, context: string): string;
  /** The same value under the secret of today; null where it is already, or cannot be opened at all. */
  renewed(sealed: Buffer, context: string): Buffer | null;
}

// version (1 byte) + nonce (12) + tag (16) + ciphertext
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export type SealPurpose = 'connections' | 'functions' | 'warehouses' | 'answers' | 'second-factor' | 'oauth';

/**
 * @param purpose so that no value of one kind opens as another.
 * @param previous the secret before this one (HEADGATE_PREVIOUS_SECRET); null: none.
 */
export function createSeal(secret: string, purpose: SealPurpose, previous: string | null = null): Seal {
  const key = keyOf(secret, purpose);
  const oldKey = previous === null ? null : keyOf(previous, purpose);

  function seal(plain: string, context: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body]);
  }

  return {
    seal,
    open(sealed, context) {
      try {
        return openWith(key, sealed, context);
      } catch (error) {
        if (oldKey === null) throw error;
        return openWith(oldKey, sealed, context);
      }
    },
    renewed(sealed, context) {
      if (oldKey === null) return null;
      try {
        return seal(openWith(oldKey, sealed, context), context);
      } catch {
        return null;
      }
    },
  };
}

function keyOf(secret: string, purpose: SealPurpose): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `headgate ${purpose} seal v1`, 32));
}

function openWith(key: Buffer, sealed: Buffer, context: string): string {
  if (sealed[0] !== VERSION || sealed.length < 1 + NONCE_BYTES + TAG_BYTES) throw new Error('not a sealed value');
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(context)).setAuthTag(tag);
  const body = sealed.subarray(1 + NONCE_BYTES + TAG_BYTES);
  return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
}
