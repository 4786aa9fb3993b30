/**
 * Passkeys (WebAuthn): registered by signed-in people, used to sign in without a name or as second factor. The relying
 * party is the host of HEADGATE_PUBLIC_URL. Attestation is neither asked for nor taken: verifying it could fetch the URLs
 * that a certificate names.
 */
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { decodeAttestationObject } from '@simplewebauthn/server/helpers';
import { asSystem } from '../../../context.ts';
import type { Db } from '../../../db/open.ts';
import { type Executor, sqlState, type Tx, UNIQUE_VIOLATION } from '../../../db/tx.ts';
import { AppError, notFound } from '../../../errors.ts';
import { isUuid, newId } from '../../../ids.ts';
import { type Principal, personOf } from '../../principal.ts';
import type { OneTimePurpose, OneTimeTokens, OpenToken } from '../sign-in/one-time.ts';
import type { Sessions } from '../sign-in/session-list.ts';
import { clientOfRequest, recordOfPerson, userOf } from '../sign-in/trail.ts';
import {
  deletePasskey,
  findPasskey,
  insertPasskey,
  notePasskeyUse,
  type PasskeyRow,
  passkeysOf,
  renamePasskey,
} from './queries.ts';
import type { Enrolled, SecondFactors } from './second-factor.ts';

/** Of one person. */
const MOST = 20;
// CTAP 2.1: the default an authenticator picks from. Ed25519, ES256, RS256.
const ALGORITHMS = [-8, -7, -257];

export type Passkey = PasskeyRow;

/** A signature that was right; `take` in the transaction of what it lets happen. */
export interface Assertion {
  readonly userId: string;
  readonly email: string;
  /** @returns false when the challenge was used, or a copy of the authenticator shows. */
  take(tx: Tx): Promise<boolean>;
}

export type Passkeys = ReturnType<typeof createPasskeys>;

export function createPasskeys(parts: {
  db: Db;
  now: () => Date;
  oneTime: OneTimeTokens;
  sessions: Sessions;
  factors: SecondFactors;
  /** HEADGATE_PUBLIC_URL. */
  publicUrl: string;
}) {
  const { db, now, oneTime, sessions, factors } = parts;
  const { origin, hostname: rpID } = new URL(parts.publicUrl);
  const timeout = oneTime.seconds * 1_000;

  /** The challenge that a browser signed, when it is one of ours for this. */
  function challengeIn(clientData: string, purpose: OneTimePurpose, subject: string) {
    try {
      const parsed: unknown = JSON.parse(Buffer.from(clientData, 'base64url').toString());
      const text = parsed && typeof parsed === 'object' && 'challenge' in parsed ? parsed.challenge : null;
      if (typeof text !== 'string') return null;
      const bytes = Buffer.from(text, 'base64url');
      const open = oneTime.open(bytes, purpose, subject);
      return open && bytes.toString('base64url') === text ? { text, bytes, open } : null;
    } catch {
      return null;
    }
  }

  const spend = (db: Executor, challenge: { bytes: Buffer; open: OpenToken }) =>
    oneTime.spend(db, challenge.bytes, challenge.open);

  async function optionsFor(purpose: OneTimePurpose, subject: string, known: readonly PasskeyRow[]) {
    return await generateAuthenticationOptions({
      rpID,
      challenge: new Uint8Array(oneTime.make(purpose, subject)),
      timeout,
      // Without a password beside it the device must have made sure who holds it.
      userVerification: purpose === 'passkey-sign-in' ? 'required' : 'preferred',
      allowCredentials: known.map((key) => ({ id: key.credential_id, transports: key.transports })),
    });
  }

  return {
    /** What `navigator.credentials.create` takes. @throws AppError confirmation_required, conflict. */
    async registrationOptions(principal: Principal): Promise<PublicKeyCredentialCreationOptionsJSON> {
      const caller = personOf(principal);
      await sessions.mustBeConfirmed(caller);
      const known = await asSystem(() => passkeysOf(db, caller.userId));
      if (known.length >= MOST) throw new AppError('conflict', `At most ${MOST} passkeys. Remove one first.`);
      return await generateRegistrationOptions({
        rpName: 'Headgate',
        rpID,
        userName: caller.label,
        userDisplayName: caller.label,
        userID: new Uint8Array(Buffer.from(caller.userId.replaceAll('-', ''), 'hex')),
        challenge: new Uint8Array(oneTime.make('passkey-registration', caller.userId)),
        timeout,
        attestationType: 'none',
        excludeCredentials: known.map((key) => ({ id: key.credential_id, transports: key.transports })),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
        supportedAlgorithmIDs: ALGORITHMS,
      });
    },

    /** @throws AppError bad_request (not verified), conflict (registered already). */
    async register(
      principal: Principal,
      name: string,
      response: RegistrationResponseJSON,
    ): Promise<{ passkey: Passkey; enrolled: Enrolled }> {
      const caller = personOf(principal);
      await sessions.mustBeConfirmed(caller);
      const client = clientOfRequest();
      const challenge = challengeIn(response.response.clientDataJSON, 'passkey-registration', caller.userId);
      if (!challenge || !withoutAttestation(response)) throw notVerified();
      const verified = await verifyRegistrationResponse({
        response,
        expectedChallenge: challenge.text,
        expectedOrigin: origin,
        expectedRPID: rpID,
        requireUserVerification: false,
        supportedAlgorithmIDs: ALGORITHMS,
      }).catch(() => null);
      if (!verified?.verified) throw notVerified();
      const { credential, credentialBackedUp } = verified.registrationInfo;
      const passkey: PasskeyRow = {
        id: newId(now().getTime()),
        user_id: caller.userId,
        credential_id: credential.id,
        public_key: Buffer.from(credential.publicKey),
        counter: credential.counter,
        transports: response.response.transports ?? [],
        name,
        backed_up: credentialBackedUp,
        created_at: now(),
        last_used_at: null,
      };
      try {
        return await factors.change(caller, async (tx) => {
          if (!(await spend(tx, challenge))) throw notVerified();
          if ((await passkeysOf(tx, caller.userId)).length >= MOST) {
            throw new AppError('conflict', `At most ${MOST} passkeys. Remove one first.`);
          }
          await insertPasskey(tx, passkey);
          const enrolled = await factors.added(tx, caller, 'passkey', client);
          const target = { type: 'passkey', id: passkey.id, name };
          await recordOfPerson(tx, caller.userId, {
            action: 'passkey.created',
            target,
            by: userOf(caller),
            client,
            after: { name },
          });
          return { passkey, enrolled };
        });
      } catch (error) {
        if (sqlState(error) === UNIQUE_VIOLATION) throw new AppError('conflict', 'This passkey is registered already.');
        throw error;
      }
    },

    /** The caller's own, oldest first. A key has none. */
    list: async (caller: Principal): Promise<Passkey[]> =>
      caller.kind === 'user' ? await asSystem(() => passkeysOf(db, caller.userId)) : [],

    /** @throws AppError not_found. */
    async rename(caller: Principal, id: string, name: string): Promise<Passkey> {
      if (caller.kind !== 'user' || !isUuid(id)) throw notFound('passkey');
      const client = clientOfRequest();
      return await factors.change(caller, async (tx) => {
        const renamed = await renamePasskey(tx, caller.userId, id, name);
        if (!renamed) throw notFound('passkey');
        const target = { type: 'passkey', id, name };
        const [before, after] = [{ name: renamed.before }, { name }];
        await recordOfPerson(tx, caller.userId, {
          action: 'passkey.updated',
          target,
          by: userOf(caller),
          client,
          before,
          after,
        });
        return renamed.after;
      });
    },

    /** @throws AppError not_found, confirmation_required, invalid_state (the last factor, and one is required). */
    async remove(caller: Principal, id: string): Promise<void> {
      if (caller.kind !== 'user' || !isUuid(id)) throw notFound('passkey');
      await sessions.mustBeConfirmed(caller);
      const client = clientOfRequest();
      await factors.change(caller, async (tx) => {
        const name = await deletePasskey(tx, caller.userId, id);
        if (name === undefined) throw notFound('passkey');
        await factors.removed(tx, caller.userId);
        const target = { type: 'passkey', id, name };
        await recordOfPerson(tx, caller.userId, {
          action: 'passkey.removed',
          target,
          by: userOf(caller),
          client,
          before: { name },
        });
      });
    },

    /** What `navigator.credentials.get` takes to sign in without a name. Costs no query and stores nothing. */
    signInOptions: (): Promise<PublicKeyCredentialRequestOptionsJSON> => optionsFor('passkey-sign-in', '', []),

    /** The same for the second step; null when the person has no passkey. */
    async secondFactorOptions(userId: string): Promise<PublicKeyCredentialRequestOptionsJSON | null> {
      const known = await passkeysOf(db, userId);
      return known.length > 0 ? await optionsFor('passkey-second-factor', userId, known) : null;
    },

    /**
     * Checks a signature. @param userId whose it must be; null: anybody's, then the device must have verified its holder.
     * @returns null when it is wrong in any way.
     */
    async check(response: AuthenticationResponseJSON, userId: string | null): Promise<Assertion | null> {
      const alone = userId === null;
      const challenge = challengeIn(
        response.response.clientDataJSON,
        alone ? 'passkey-sign-in' : 'passkey-second-factor',
        userId ?? '',
      );
      if (!challenge) return null;
      const passkey = await findPasskey(db, response.id);
      if (!passkey || (!alone && passkey.user_id !== userId)) return null;
      const handle = response.response.userHandle;
      if (handle && Buffer.from(handle, 'base64url').toString('hex') !== passkey.user_id.replaceAll('-', ''))
        return null;
      const verified = await verifyAuthenticationResponse({
        response,
        expectedChallenge: challenge.text,
        expectedOrigin: origin,
        expectedRPID: rpID,
        requireUserVerification: alone,
        credential: {
          id: passkey.credential_id,
          publicKey: new Uint8Array(passkey.public_key),
          counter: passkey.counter,
        },
      }).catch(() => null);
      if (!verified?.verified) return null;
      const counter = verified.authenticationInfo.newCounter;
      return {
        userId: passkey.user_id,
        email: passkey.email,
        take: async (tx) => (await spend(tx, challenge)) && (await notePasskeyUse(tx, passkey.id, counter, now())),
      };
    },
  };
}

/** No statement at all, or one the key made about itself. */
function withoutAttestation(response: RegistrationResponseJSON): boolean {
  try {
    const decoded = decodeAttestationObject(
      new Uint8Array(Buffer.from(response.response.attestationObject, 'base64url')),
    );
    const format = decoded.get('fmt');
    return format === 'none' || (format === 'packed' && decoded.get('attStmt').get('x5c') === undefined);
  } catch {
    return false;
  }
}

function notVerified(): AppError {
  return new AppError('bad_request', 'This passkey could not be verified. Ask for new options and try again.');
}
