/**
 * Sessions of users: a short access token (JWT, 60 minutes) and a rotating refresh token (opaque, 30 days).
 * All refresh tokens of one sign-in are a family. Using one twice ends the session, because one of the two users is a
 * thief; only within ten seconds, and while its successor is unused, the same successor is answered again: that is a
 * client which did not get the answer, or two tabs at once.
 */
import { createHash, type KeyObject, randomBytes } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import type { Db } from '../../../db/open.ts';
import { inTransaction, lockInTransaction, type Tx } from '../../../db/tx.ts';
import { AppError } from '../../../errors.ts';
import { newId } from '../../../ids.ts';
import type { SecondFactor } from '../../principal.ts';
import { hmac } from '../../secrets.ts';
import {
  endSession,
  findRefreshToken,
  insertRefreshToken,
  insertSession,
  markRefreshTokenUsed,
  renewSession,
} from './queries.ts';
import { networkOf } from './throttle.ts';
import type { Client } from './trail.ts';

export const ACCESS_TOKEN_SECONDS = 3_600;
export const REFRESH_TOKEN_SECONDS = 30 * 86_400;
/** How long a used refresh token gets its successor once more. */
const RETRY_MS = 10_000;

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

export interface SignedIn {
  readonly client?: Client | null;
  readonly secondFactor?: SecondFactor | null;
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

  function refreshRow(text: string, userId: string, familyId: string) {
    return {
      id: newId(now().getTime()),
      family_id: familyId,
      user_id: userId,
      token_hash: hmac(hashKey, text),
      expires_at: new Date(now().getTime() + REFRESH_TOKEN_SECONDS * 1_000),
    };
  }

  /** Made from the token before, so that it can be answered again without being stored. Needs the secret of the installation. */
  function successorOf(text: string): string {
    return REFRESH_PREFIX + hmac(hashKey, `successor of ${text}`).toString('base64url');
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

  /** In a transaction of the system: what must be stored with the session, or not at all. */
  async function issueIn(tx: Tx, userId: string, { client = null, secondFactor = null }: SignedIn = {}) {
    const at = now();
    const id = newId(at.getTime());
    const refresh = REFRESH_PREFIX + randomBytes(32).toString('base64url');
    const row = refreshRow(refresh, userId, id);
    await insertSession(tx, {
      id,
      user_id: userId,
      created_at: at,
      last_used_at: at,
      expires_at: row.expires_at,
      ip: client?.ip ?? null,
      network: client ? networkOf(client.ip) : null,
      user_agent: client?.userAgent ?? null,
      second_factor: secondFactor,
      confirmed_at: at,
    });
    await insertRefreshToken(tx, row);
    return { id, session: { access: await signAccess(userId, id), refresh } };
  }

  /** @returns whose session it was, null when it had ended before. */
  async function revoke(tx: Tx, familyId: string): Promise<boolean> {
    await lockInTransaction(tx, `refresh-family ${familyId}`);
    return await endSession(tx, familyId, now());
  }

  return {
    issueIn,

    /** A new session. The caller has made sure who the user is. */
    async issue(userId: string, how: SignedIn = {}): Promise<Session> {
      return (await inTransaction(db, (tx) => issueIn(tx, userId, how))).session;
    },

    verifyAccess,

    /** Consumes the token and answers its successor. @throws AppError invalid_token, also for a reused token. */
    async refresh(text: string, client: Client | null = null): Promise<Session> {
      const hash = hmac(hashKey, text);
      const found = await findRefreshToken(db, hash);
      if (!found) throw invalidRefresh();
      const next = successorOf(text);
      const session = await inTransaction(db, async (tx) => {
        // A successor that is written while its session is being ended would live on.
        await lockInTransaction(tx, `refresh-family ${found.family_id}`);
        const token = await findRefreshToken(tx, hash);
        if (!token?.alive || token.expires_at <= now()) return null;
        if (token.used_at) {
          const child = await findRefreshToken(tx, hmac(hashKey, next));
          if (child && !child.used_at && now().getTime() - token.used_at.getTime() <= RETRY_MS) return token;
          await endSession(tx, token.family_id, now());
          return null;
        }
        await markRefreshTokenUsed(tx, token.id, now());
        const row = refreshRow(next, token.user_id, token.family_id);
        await insertRefreshToken(tx, row);
        await renewSession(tx, token.family_id, {
          at: now(),
          expiresAt: row.expires_at,
          ip: client?.ip ?? null,
          network: client ? networkOf(client.ip) : null,
          userAgent: client?.userAgent ?? null,
        });
        return token;
      });
      // Thrown outside, or the end of the session would be rolled back.
      if (!session) throw invalidRefresh();
      return { access: await signAccess(session.user_id, session.family_id), refresh: next };
    },

    revoke,

    /** The session that tokens belong to, whether it lives or not. Tokens nobody knows belong to none. */
    async sessionOf(tokens: { refresh?: string | undefined; access?: string | undefined }): Promise<AccessClaims[]> {
      const byRefresh = tokens.refresh ? await findRefreshToken(db, hmac(hashKey, tokens.refresh)) : undefined;
      const byAccess = tokens.access ? await verifyAccess(tokens.access).catch(() => null) : null;
      return [
        ...(byRefresh ? [{ userId: byRefresh.user_id, familyId: byRefresh.family_id }] : []),
        ...(byAccess && byAccess.familyId !== byRefresh?.family_id ? [byAccess] : []),
      ];
    },
  };
}

function invalidToken(): AppError {
  return new AppError('invalid_token', 'The access token is not valid. Sign in again.');
}

function invalidRefresh(): AppError {
  return new AppError('invalid_token', 'The refresh token is not valid any more. Sign in again.');
}
