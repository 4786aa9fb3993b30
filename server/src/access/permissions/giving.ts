/** Who may give what to people. Nobody gives more than they have, and what is given lasts as long as its giver could. */
import { AppError } from '../../errors.ts';
import { type Principal, RANK, type Role } from '../principal.ts';
import { membershipOf } from './permission.ts';
import type { Permission } from './types.ts';

/**
 * Owners give everything, admins everything but an owner's role, owner tokens what they have: rights of members reach
 * beyond the control plane, so those take a key with full access.
 * @throws AppError forbidden, send_not_allowed.
 */
export function refuseGiving(caller: Principal, permissions: readonly Permission[]): void {
  const role = membershipOf(permissions);
  if (caller.kind === 'user') {
    if (RANK[caller.role] < RANK.admin) {
      throw new AppError('forbidden', 'Only owners and admins of the workspace change who may do what.');
    }
    if (RANK[role] > RANK[caller.role]) {
      throw new AppError('forbidden', `You cannot make anybody ${role}: it is above your role.`);
    }
    return;
  }
  if (caller.kind === 'oauth') throw new AppError('forbidden', 'An OAuth app cannot give anybody rights.');
  if (!caller.scopes.has('workspace') || caller.permissions) {
    throw new AppError('forbidden', 'Only a token with owner access changes who may do what.');
  }
  if (caller.environment !== 'live') {
    throw new AppError('forbidden', 'Members belong to both environments: a test key cannot give them rights.');
  }
  if (caller.endsAt !== null || caller.addresses || caller.agent) {
    throw new AppError(
      'forbidden',
      'People would outlive this key or go beyond it: one with an end, with networks, or of an agent gives nobody rights.',
    );
  }
  if (role === 'limited') return;
  if (!caller.fullAccess) {
    throw new AppError('forbidden', `Only a key with full access can make somebody ${role}. Give narrower roles.`);
  }
  if (role !== 'viewer' && !caller.maySend) {
    throw new AppError('send_not_allowed', `${role}: may send, and only a key that may send can give that.`);
  }
}

/** The highest role of a member that the caller manages: takes rights from, removes. */
export function reachOf(caller: Principal): number {
  if (caller.kind === 'user') return RANK[caller.role] >= RANK.admin ? RANK[caller.role] : -1;
  if (caller.kind === 'oauth' || !caller.scopes.has('workspace') || caller.permissions) return -1;
  if (caller.environment !== 'live') return -1;
  return caller.fullAccess ? RANK.owner : RANK.member;
}

/** @throws AppError forbidden. */
export function refuseManaging(caller: Principal, role: Role): void {
  if (RANK[role] > reachOf(caller)) {
    throw new AppError('forbidden', `What you have is not enough to change what a member has who is ${role}.`);
  }
}
