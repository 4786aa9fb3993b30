/** Who is calling: an API key or a signed-in user, resolved by http/credentials before a handler runs. */
import type { Environment, Scope } from '../db/tx.ts';
import { AppError } from '../errors.ts';
import type { AddressList } from './keys/check/addresses.ts';
import type { Meter } from './meter.ts';
import type { Permission } from './permissions/types.ts';
import { SCOPE_NAMES, type ScopeName, scopeInfo } from './scopes.ts';

/** `limited`: what permissions give and nothing else. */
export type Role = 'owner' | 'admin' | 'member' | 'viewer' | 'limited';

export const RANK: Readonly<Record<Role, number>> = { limited: 0, viewer: 1, member: 2, admin: 3, owner: 4 };

export type SecondFactor = 'totp' | 'recovery_code' | 'passkey';

interface Caller {
  /** For people: a key's name, a user's email address. */
  readonly label: string;
  readonly workspaceId: string;
  /** A key's own; for a user the one asked for (`X-Headgate-Environment`, default live). */
  readonly environment: Environment;
  readonly scopes: ReadonlySet<ScopeName>;
  /** Apart from scopes: whether a call may make mail or other messages leave. */
  readonly maySend: boolean;
}

export interface KeyPrincipal extends Caller {
  readonly kind: 'key';
  readonly keyId: number;
  /** The eight public characters of the key; the only part of it that logs may hold. */
  readonly publicId: string;
  /** Made without a list of scopes: it has also those that are added later. */
  readonly fullAccess: boolean;
  /** Public id of the first key of a chain of rotations and twins: limits and idempotency records follow it. */
  readonly lineage: string;
  /** null: the default of every key (DEFAULT_RATE_PER_MINUTE). */
  readonly ratePerMinute: number | null;
  /** Made for an automated agent: it can never hold `maySend`. */
  readonly agent: boolean;
  /** A trap: it has no rights, and every use of it is told. */
  readonly canary: boolean;
  /** Held back: reading scopes only, no sends. */
  readonly quarantined: boolean;
  /** What a narrower key would have; null: nothing is tried out. */
  readonly shadowScopes: ReadonlySet<ScopeName> | null;
  /** Bounds of a key that sends; null: none. */
  readonly caps: SendCaps | null;
  /** The earlier of expiry and retirement: milliseconds since 1970; null: never. */
  readonly endsAt: number | null;
  /** null: from anywhere. */
  readonly addresses: AddressList | null;
  /** A member's token: what it may at most in the control plane. null: what its scopes say. */
  readonly permissions: readonly Permission[] | null;
  readonly meter: Meter;
}

/** null: no bound. */
export interface SendCaps {
  readonly recipientsPerSend: number | null;
  readonly recipientsPerDay: number | null;
  /** A send to more people waits for a second person's approval. */
  readonly approvalAbove: number | null;
}

/** SubscribeFlow's limit (contract subscribeflow §6): what a key without a number of its own has. */
export const DEFAULT_RATE_PER_MINUTE = 1_000;

export interface UserPrincipal extends Caller {
  readonly kind: 'user';
  readonly userId: string;
  /** The highest of the membership, the person's permissions and those of their groups. */
  readonly role: Role;
  /** The person's own and those of their groups; empty for owners and admins, who need none. */
  readonly permissions: readonly Permission[];
  readonly sessionId: string;
  /** What the session was made with beside the password; null: nothing. */
  readonly secondFactor: SecondFactor | null;
  /** The workspace requires a second factor that the session lacks: only what sets one up may be called. */
  readonly mustEnrol: boolean;
}

/** An app that acts for a user who agreed to it, or for itself (client credentials). */
export interface OAuthPrincipal extends Caller {
  readonly kind: 'oauth';
  /** The app's registration; limits and usage are counted for it. */
  readonly clientId: string;
  /** The consent it rests on; null: the client acts for itself. */
  readonly grantId: string | null;
  readonly userId: string | null;
}

export type Principal = KeyPrincipal | UserPrincipal | OAuthPrincipal;

/** @throws AppError forbidden for what is no signed-in person: an account is not a key's to change. */
export function personOf(principal: Principal): UserPrincipal {
  if (principal.kind === 'user') return principal;
  throw new AppError('forbidden', 'Only a signed-in user can do this, not a key.');
}

export function scopeOf(principal: Principal): Scope {
  return { workspaceId: principal.workspaceId, environment: principal.environment };
}

const ALL: ReadonlySet<ScopeName> = new Set(SCOPE_NAMES);
/** Not who else is here and what they do: a member sees that no more than a viewer. */
const READS: ReadonlySet<ScopeName> = new Set(
  SCOPE_NAMES.filter((name) => scopeInfo(name).reads === true && scopeInfo(name).group !== 'Access'),
);
const ALL_BUT_ACCESS: ReadonlySet<ScopeName> = new Set(
  SCOPE_NAMES.filter((name) => scopeInfo(name).group !== 'Access'),
);

/** SegOps §14: owner and admin manage keys and team, a member works, a viewer reads. */
export const ROLE_SCOPES: Readonly<Record<Role, ReadonlySet<ScopeName>>> = {
  owner: ALL,
  admin: ALL,
  member: ALL_BUT_ACCESS,
  viewer: READS,
  limited: new Set(),
};
