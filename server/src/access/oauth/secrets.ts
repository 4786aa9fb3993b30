/** The secrets of OAuth: what its tokens look like, how they are kept, and the keys derived for the protocol. */
import { createPrivateKey, type JsonWebKey, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';
import { createSeal } from '../../seal.ts';
import { hashSubkey, hmac, subkey } from '../secrets.ts';

/** Access token, refresh token, authorization code, client secret; the prefix tells scanners and logs what they see. */
export type TokenKind = 'at' | 'rt' | 'ac' | 'cs';

const TOKEN = /^hgo_at_[\w-]{43}$/;
/** PKCS #8 (RFC 8410 §7) around the 32 bytes of an Ed25519 private key. */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** 256 random bits. */
export function newToken(kind: TokenKind): string {
  return `hgo_${kind}_${randomBytes(32).toString('base64url')}`;
}

/** Whether a credential can be an access token of OAuth at all: sessions and API keys look otherwise. */
export function looksLikeAccessToken(text: string): boolean {
  return TOKEN.test(text);
}

export type OAuthSecrets = ReturnType<typeof createOAuthSecrets>;

/**
 * @param secret the installation's: all processes derive the same.
 * @param previous the one before it: secrets of clients that were made under it are still right.
 */
export function createOAuthSecrets(secret: string, previous: string | null = null) {
  const tokenKey: KeyObject = hashSubkey(secret, 'oauth-token');
  const clientKey: KeyObject = hashSubkey(secret, 'oauth-client');
  const oldClientKey = previous === null ? null : hashSubkey(previous, 'oauth-client');
  const seal = createSeal(secret, 'oauth', previous);

  return {
    /** Of a token, code or other name of something kept: who reads the database can use none, who writes it make none. */
    hashOf: (model: string, id: string): Buffer => hmac(tokenKey, `${model}:${id}`),

    /** Of a client's secret, which is 256 random bits and needs no slow hash. */
    hashOfClientSecret: (text: string): Buffer => hmac(clientKey, text),

    isClientSecret(stored: Buffer, text: string): boolean {
      const is = (given: Buffer) => given.length === stored.length && timingSafeEqual(given, stored);
      return is(hmac(clientKey, text)) || (oldClientKey !== null && is(hmac(oldClientKey, text)));
    },

    /** The payloads name their own tokens, so they are unreadable in the database. */
    seal: (payload: object, model: string, hash: Buffer): Buffer =>
      seal.seal(JSON.stringify(payload), `${model}:${hash.toString('hex')}`),
    open: (sealed: Buffer, model: string, hash: Buffer): Record<string, unknown> =>
      JSON.parse(seal.open(sealed, `${model}:${hash.toString('hex')}`)),

    cookieKey: subkey(secret, 'oauth-cookie').toString('base64url'),

    /** Ed25519. The protocol's library wants one; no token here is signed, so nobody has to know its public half. */
    signingKey(): JsonWebKey {
      const der = Buffer.concat([ED25519_PKCS8, subkey(secret, 'oauth-signing')]);
      return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ format: 'jwk' });
    },
  };
}
