/**
 * What a caller may do in the control plane (Segment's two doors): an owner's key everything, a member's what its
 * permissions say, a person what the role, the person's permissions and those of the groups say. All of it is in the
 * principal: nothing is asked of the database.
 */
import { type Principal, ROLE_SCOPES, type Role } from '../principal.ts';
import { type ScopeName, scopeInfo } from '../scopes.ts';
import { covers, type Reaches, reachesOf, touches } from './permission.ts';
import { type Area, type Level, roleOfMembership } from './roles.ts';
import type { Permission, Target } from './types.ts';

export interface Authority {
  /** @param target null: the whole workspace, or what is yet to be made. */
  may(area: Area, level: Level, target: Target | null): boolean;
  /** Whether there is anything of the area that it may. */
  mayAny(area: Area, level: Level): boolean;
}

const roleReaches = (membership: Parameters<typeof roleOfMembership>[0]): Reaches =>
  reachesOf([{ roleId: roleOfMembership(membership).id, resources: [{ id: '', type: 'WORKSPACE' }] }]);

const ROLE_REACHES = {
  owner: roleReaches('owner'),
  admin: roleReaches('admin'),
  member: roleReaches('member'),
  viewer: roleReaches('viewer'),
  limited: roleReaches('limited'),
} as const;

/** What each area is for a token that reads everything (contract segment-config-api §2.1); the trail is the owners'. */
function readsAll(area: Area, level: Level): boolean {
  return level === 'read' && area !== 'audit';
}

export function authorityOf(caller: Principal): Authority {
  const writes = caller.scopes.has('workspace');
  const reads = writes || caller.scopes.has('workspace:read');
  const allowed = (level: Level) => (level === 'write' ? writes : reads);
  if (caller.kind === 'key') {
    if (caller.permissions) return of(reachesOf(caller.permissions), allowed);
    if (writes) return of(ROLE_REACHES.owner, allowed);
    const may = (area: Area, level: Level) => reads && readsAll(area, level);
    return { may, mayAny: may };
  }
  // An app can be thrown out again; what it did to access would stay.
  if (caller.kind === 'oauth') return of(ROLE_REACHES.member, allowed);
  const role = ROLE_REACHES[caller.role];
  const own = reachesOf(caller.permissions);
  return {
    may: (area, level, target) =>
      allowed(level) && (covers(role, area, level, target) || covers(own, area, level, target)),
    mayAny: (area, level) => allowed(level) && (touches(role, area, level) || touches(own, area, level)),
  };
}

function of(reaches: Reaches, allowed: (level: Level) => boolean): Authority {
  return {
    may: (area, level, target) => allowed(level) && covers(reaches, area, level, target),
    mayAny: (area, level) => allowed(level) && touches(reaches, area, level),
  };
}

/** Whether a person has the scope by permissions only, and these do not reach the area that a call is about. */
export function lacksArea(caller: Principal, scope: ScopeName, area: Area): boolean {
  if (caller.kind !== 'user' || ROLE_SCOPES[caller.role].has(scope)) return false;
  return !authorityOf(caller).may(area, scopeInfo(scope).reads === true ? 'read' : 'write', null);
}

/** Whether a person reads sources by permissions only, and these let change no source: such a one sees no write keys. */
export function seesNoWriteKeys(caller: Principal): boolean {
  if (caller.kind !== 'user' || ROLE_SCOPES[caller.role].has('sources:read')) return false;
  return !authorityOf(caller).may('source', 'write', null);
}

/** What rights over everything of a kind are in the rest of Headgate. */
const SCOPES_OF: Readonly<Partial<Record<Area, Readonly<Record<Level, readonly ScopeName[]>>>>> = {
  source: { read: ['sources:read', 'destinations:read'], write: ['sources:write', 'destinations:write'] },
  engage: { read: ['segments:read'], write: [] },
};

/**
 * Of a member: what the role has, what permissions on the whole workspace add to it, and the doors of the control plane,
 * which ask the permissions themselves.
 */
export function scopesWith(role: Role, permissions: readonly Permission[]): ReadonlySet<ScopeName> {
  const own = ROLE_SCOPES[role];
  if (role !== 'limited' && permissions.length === 0) return own;
  const scopes = new Set<ScopeName>([...own, 'workspace', 'workspace:read']);
  const reaches = reachesOf(permissions);
  for (const [area, byLevel] of Object.entries(SCOPES_OF) as [Area, Record<Level, readonly ScopeName[]>][]) {
    for (const level of ['read', 'write'] as const) {
      if (covers(reaches, area, level, null)) for (const scope of byLevel[level]) scopes.add(scope);
    }
  }
  return scopes;
}

/** A scope over the workspace that its holder has only for what the permissions say: no key to any other door. */
export function isNarrowed(caller: Principal, scope: ScopeName): boolean {
  if (scope !== 'workspace' && scope !== 'workspace:read') return false;
  if (caller.kind === 'key') return caller.permissions !== null;
  return caller.kind === 'user' && !ROLE_SCOPES[caller.role].has(scope);
}
