/** Subkeys of the installation's secret, one for each purpose, so that no value of one kind is valid as another. */
import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

export type Purpose = 'api-key' | 'session-token' | 'refresh-token';

/** HKDF-SHA-256 (RFC 5869), 32 bytes, with the purpose as its info. */
export function subkey(secret: string, purpose: Purpose): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `headgate:${purpose}:v1`, 32));
}

/** A subkey prepared for `hmac`: with the bare bytes each call takes five times as long (27 instead of 5 µs). */
export function hashSubkey(secret: string, purpose: Purpose): KeyObject {
  return createSecretKey(subkey(secret, purpose));
}

export function hmac(key: KeyObject, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
