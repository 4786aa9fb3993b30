/** What an app can be given at all, and what a user can give away. */
import { ROLE_SCOPES, type Role } from '../principal.ts';
import { OWNERS_SCOPES, type ScopeName, scopeInfo } from '../scopes.ts';

/** An app can be thrown out again; a key, member or app that it made would stay. So none manages access. */
export function isForApps(scope: ScopeName): boolean {
  return scopeInfo(scope).group !== 'Access';
}

export function canGive(role: Role, scope: ScopeName): boolean {
  return isForApps(scope) && ROLE_SCOPES[role].has(scope) && (role === 'owner' || !OWNERS_SCOPES.has(scope));
}

export function canLetSend(role: Role): boolean {
  return role !== 'viewer' && role !== 'limited';
}
