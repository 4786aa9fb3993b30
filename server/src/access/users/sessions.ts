/**
 * Sessions of users: a short access token (JWT, 60 minutes) and a rotating refresh token (opaque, 30 days).
 * All refresh tokens of one sign-in are a family. Using one twice revokes the family, because one of the two users is a
 * thief; there is no grace period, so a client must not refresh twice at once.
 */
import { createHash, type KeyObject, randomBytes } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import type { Db } from '../../db/open.ts';
import { inTransaction, lockInTransaction } from '../../db/tx.ts';
import { AppError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { hmac } from '../secrets.ts';
import { findRefreshToken, insertRefreshToken, markRefreshTokenUsed, revokeFamily } from './queries.ts';

export const ACCESS_TOKEN_SECONDS = 3_600;
export const REFRESH_TOKEN_SECONDS = 30 * 86_400;

const ISSUER = 'headgate';
const AUDIENCE = 'headgate-api';
const TYPE = 'at+jwt';
const REFRESH_PREFIX = 'hgr_';

export interface Session {
  readonly access: string;
  readonly refresh: string;
}

export interface AccessClaims {
  readonly userId: string;
  readonly familyId: string;
}

export type Tokens = ReturnType<typeof createTokens>;

export function createTokens(parts: { db: Db; signingKey: Buffer; hashKey: KeyObject; now: () => Date }) {
  const { db, signingKey, hashKey, now } = parts;
  // Names the key without telling anything about it; a token made with another secret is refused by name already.
  const keyId = createHash('sha256').update(signingKey).digest('hex').slice(0, 16);

  function signAccess(userId: string, familyId: string): Promise<string> {
    const issuedAt = Math.floor(now().getTime() / 1_000);
    return new SignJWT({ sid: familyId })
      .setProtectedHeader({ alg: 'HS256', typ: TYPE, kid: keyId })
      .setSubject(userId)
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + ACCESS_TOKEN_SECONDS)
      .sign(signingKey);
  }

  function newRefresh(userId: string, familyId: string) {
    const text = REFRESH_PREFIX + randomBytes(32).toString('base64url');
    const row = {
      id: newId(now().getTime()),
      family_id: familyId,
      user_id: userId,
      token_hash: hmac(hashKey, text),
      expires_at: new Date(now().getTime() + REFRESH_TOKEN_SECONDS * 1_000),
    };
    return { text, row };
  }

  /** Only the signature and claims; whether the session still lives is the database's to say. */
  async function verifyAccess(text: string): Promise<AccessClaims> {
    try {
      const { payload, protectedHeader } = await jwtVerify(text, signingKey, {
        algorithms: ['HS256'],
        typ: TYPE,
        issuer: ISSUER,
        audience: AUDIENCE,
        requiredClaims: ['sub', 'sid', 'iat', 'exp'],
        currentDate: now(),
      });
      const { sub, sid } = payload;
      if (protectedHeader.kid !== keyId || typeof sub !== 'string' || typeof sid !== 'string') throw invalidToken();
      return { userId: sub, familyId: sid };
    } catch (error) {
      if (error instanceof errors.JWTExpired) {
        throw new AppError('token_expired', 'The access token has expired. Refresh it, or sign in again.');
      }
      throw invalidToken();
    }
  }

  return {
    /** A new family. The caller has made sure who the user is. */
    async issue(userId: string): Promise<Session> {
      const familyId = newId(now().getTime());
      const refresh = newRefresh(userId, familyId);
      await insertRefreshToken(db, refresh.row);
      return { access: await signAccess(userId, familyId), refresh: refresh.text };
    },

    verifyAccess,

    /** Consumes the token and answers its successor. @throws AppError invalid_token, also for a reused token. */
    async refresh(text: string): Promise<Session> {
      const hash = hmac(hashKey, text);
      const found = await findRefreshToken(db, hash);
      if (!found) throw invalidRefresh();
      const session = await inTransaction(db, async (tx) => {
        // A successor that is written while its family is being revoked would live on.
        await lockInTransaction(tx, `refresh-family ${found.family_id}`);
        const token = await findRefreshToken(tx, hash);
        if (!token || token.revoked_at || !token.user_enabled || token.expires_at <= now()) return null;
        if (token.used_at) {
          await revokeFamily(tx, token.family_id, now());
          return null;
        }
        await markRefreshTokenUsed(tx, token.id, now());
        const next = newRefresh(token.user_id, token.family_id);
        await insertRefreshToken(tx, next.row);
        return { userId: token.user_id, familyId: token.family_id, refresh: next.text };
      });
      // Thrown outside, or the revocation would be rolled back.
      if (!session) throw invalidRefresh();
      return { access: await signAccess(session.userId, session.familyId), refresh: session.refresh };
    },

    /** Ends the session that the refresh token belongs to. An unknown token is no error: it is signed out already. */
    async revokeByRefresh(text: string): Promise<void> {
      const found = await findRefreshToken(db, hmac(hashKey, text));
      if (found) await revoke(found.family_id);
    },

    /** Ends the session of an access token. One that is not valid is no error: it is signed out already. */
    async revokeByAccess(text: string): Promise<void> {
      const claims = await verifyAccess(text).catch(() => null);
      if (claims) await revoke(claims.familyId);
    },
  };

  async function revoke(familyId: string): Promise<void> {
    await inTransaction(db, async (tx) => {
      await lockInTransaction(tx, `refresh-family ${familyId}`);
      await revokeFamily(tx, familyId, now());
    });
  }
}

function invalidToken(): AppError {
  return new AppError('invalid_token', 'The access token is not valid. Sign in again.');
}

function invalidRefresh(): AppError {
  return new AppError('invalid_token', 'The refresh token is not valid any more. Sign in again.');
}
