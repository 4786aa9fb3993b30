/** Subkeys of the installation's secret, one for each purpose, so that no value of one kind is valid as another. */
import { createHmac, hkdfSync } from 'node:crypto';

export type Purpose = 'api-key' | 'session-token' | 'refresh-token';

/** HKDF-SHA-256 (RFC 5869), 32 bytes, with the purpose as its info. */
export function subkey(secret: string, purpose: Purpose): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `headgate:${purpose}:v1`, 32));
}

export function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
