/** Who is calling: an API key or a signed-in user, resolved by http/credentials before a handler runs. */
import type { Environment, Scope } from '../db/tx.ts';
import { SCOPE_NAMES, type ScopeName, scopeInfo } from './scopes.ts';

export type Role = 'owner' | 'admin' | 'member' | 'viewer';

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
}

export interface UserPrincipal extends Caller {
  readonly kind: 'user';
  readonly userId: string;
  readonly role: Role;
}

export type Principal = KeyPrincipal | UserPrincipal;

export function scopeOf(principal: Principal): Scope {
  return { workspaceId: principal.workspaceId, environment: principal.environment };
}

const ALL: ReadonlySet<ScopeName> = new Set(SCOPE_NAMES);
const READS: ReadonlySet<ScopeName> = new Set(SCOPE_NAMES.filter((name) => scopeInfo(name).reads === true));
const ALL_BUT_ACCESS: ReadonlySet<ScopeName> = new Set(
  SCOPE_NAMES.filter((name) => scopeInfo(name).group !== 'Access'),
);

/** SegOps §14: owner and admin manage keys and team, a member works, a viewer reads. */
export const ROLE_SCOPES: Readonly<Record<Role, ReadonlySet<ScopeName>>> = {
  owner: ALL,
  admin: ALL,
  member: ALL_BUT_ACCESS,
  viewer: READS,
};
