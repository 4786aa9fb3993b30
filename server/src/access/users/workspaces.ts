/** Workspaces and the people who sign in to them. */
import { randomBytes } from 'node:crypto';
import { asSystem } from '../../context.ts';
import type { Db } from '../../db/open.ts';
import { type Environment, inTransaction, lockInTransaction, type Tx } from '../../db/tx.ts';
import { AppError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { record } from '../audit/record.ts';
import { scopesWith } from '../permissions/authority.ts';
import { standingWith } from '../permissions/standing.ts';
import type { Permission } from '../permissions/types.ts';
import type { Principal, Role, UserPrincipal } from '../principal.ts';
import type { Passwords } from './passwords.ts';
import {
  findUser,
  findUserByEmail,
  findWorkspace,
  insertMembership,
  insertUser,
  insertWorkspace,
  membershipsOfSession,
  type OwnWorkspaceRow,
  type WorkspaceRow,
  workspacesOf,
} from './queries.ts';
import type { AccessClaims } from './sign-in/sessions.ts';

const NONE: readonly Permission[] = [];

export interface NewUser {
  readonly email: string;
  readonly password: string;
  readonly name?: string;
}

export interface Bootstrapped {
  readonly created: boolean;
  readonly workspaceId: string;
  /** Only when the owner was made now and no password was given. */
  readonly password?: string;
}

export type Workspaces = ReturnType<typeof createWorkspaces>;

export function createWorkspaces(parts: {
  db: Db;
  passwords: Passwords;
  now: () => Date;
  /** Told of every call with a session. */
  onUse: (sessionId: string) => void;
}) {
  const { db, passwords, now, onUse } = parts;

  async function addWorkspace(tx: Tx, slug: string, name: string): Promise<string> {
    const id = newId(now().getTime());
    await insertWorkspace(tx, { id, slug, name });
    const target = { type: 'workspace', id, name };
    await record(tx, { action: 'workspace.created', target, after: { slug, name }, workspaceId: id });
    return id;
  }

  async function addUser(tx: Tx, workspaceId: string, user: NewUser & { hash: string }, role: Role): Promise<string> {
    const id = newId(now().getTime());
    const row = { id, email: user.email.toLowerCase(), name: user.name ?? '', password_hash: user.hash };
    await insertUser(tx, row);
    await addToWorkspace(tx, workspaceId, row, role);
    return id;
  }

  async function addToWorkspace(
    tx: Tx,
    workspaceId: string,
    user: { id: string; email: string },
    role: Role,
  ): Promise<void> {
    await insertMembership(tx, { workspace_id: workspaceId, user_id: user.id, role });
    const target = { type: 'member', id: user.id, name: user.email };
    await record(tx, { action: 'member.added', target, after: { role }, workspaceId });
  }

  return {
    /** A new workspace with its owner. */
    async create(workspace: {
      slug: string;
      name: string;
      owner: NewUser;
    }): Promise<{ workspaceId: string; ownerId: string }> {
      const hash = await passwords.hash(workspace.owner.password);
      return await inTransaction(db, async (tx) => {
        const workspaceId = await addWorkspace(tx, workspace.slug, workspace.name);
        return { workspaceId, ownerId: await addUser(tx, workspaceId, { ...workspace.owner, hash }, 'owner') };
      });
    },

    /** A new user as a member of the workspace. @returns the user's id. */
    async addMember(workspaceId: string, user: NewUser, role: Role): Promise<string> {
      const hash = await passwords.hash(user.password);
      return await inTransaction(db, (tx) => addUser(tx, workspaceId, { ...user, hash }, role));
    },

    /**
     * The first start: makes the workspace and its owner where they are missing and leaves them alone afterwards.
     * Several processes may call it at once.
     */
    async bootstrap(first: {
      workspaceSlug: string;
      ownerEmail: string;
      ownerPassword: string | null;
    }): Promise<Bootstrapped> {
      const existing = await findWorkspace(db, { slug: first.workspaceSlug });
      if (existing) return { created: false, workspaceId: existing.id };
      const password = first.ownerPassword ?? randomBytes(15).toString('base64url');
      const hash = await passwords.hash(password);
      return await inTransaction(db, async (tx): Promise<Bootstrapped> => {
        await lockInTransaction(tx, 'bootstrap');
        const meanwhile = await findWorkspace(tx, { slug: first.workspaceSlug });
        if (meanwhile) return { created: false, workspaceId: meanwhile.id };
        const workspaceId = await addWorkspace(tx, first.workspaceSlug, first.workspaceSlug);
        const known = await findUserByEmail(tx, first.ownerEmail.toLowerCase());
        if (known) {
          // The slug was changed on a running installation: its owner owns the new workspace too, with the same password.
          await addToWorkspace(tx, workspaceId, known, 'owner');
          return { created: true, workspaceId };
        }
        await addUser(tx, workspaceId, { email: first.ownerEmail, password, hash }, 'owner');
        return { created: true, workspaceId, ...(first.ownerPassword === null && { password }) };
      });
    },

    /**
     * Who a session token speaks for.
     * @param choice.workspace id or slug of one of the user's workspaces; null: the one joined first.
     * @throws AppError invalid_token (session ended), forbidden (not a member).
     */
    async principalOf(
      claims: AccessClaims,
      choice: { workspace: string | null; environment: Environment },
    ): Promise<UserPrincipal> {
      const memberships = await membershipsOfSession(db, claims.userId, claims.familyId);
      if (memberships === 'ended') throw new AppError('invalid_token', 'This session has ended. Sign in again.');
      if (memberships.length === 0) throw new AppError('forbidden', 'You are not a member of any workspace.');
      const found =
        choice.workspace === null
          ? memberships[0]
          : memberships.find((m) => m.workspace_id === choice.workspace || m.slug === choice.workspace);
      if (!found) throw new AppError('forbidden', 'You are not a member of the workspace that the request names.');
      onUse(claims.familyId);
      const permissions = found.permissions ?? NONE;
      const role = standingWith(found.role, permissions);
      return {
        kind: 'user',
        label: found.email,
        userId: claims.userId,
        role,
        permissions,
        workspaceId: found.workspace_id,
        environment: choice.environment,
        scopes: scopesWith(role, permissions),
        maySend: role !== 'viewer' && role !== 'limited',
        sessionId: claims.familyId,
        secondFactor: found.second_factor,
        mustEnrol: found.second_factor_required && found.second_factor === null,
      };
    },

    /** Whose session it is, also of somebody who belongs to no workspace. @throws AppError invalid_token. */
    async mustBePersonOf(claims: AccessClaims): Promise<{ id: string; email: string; name: string }> {
      const alive = (await membershipsOfSession(db, claims.userId, claims.familyId)) !== 'ended';
      const person = alive ? await findUser(db, claims.userId) : undefined;
      if (!person) throw new AppError('invalid_token', 'This session has ended. Sign in again.');
      return person;
    },

    /** Those the caller can choose with X-Headgate-Workspace; of a key its own. */
    async ofCaller(caller: Principal): Promise<OwnWorkspaceRow[]> {
      return caller.kind === 'user' ? await asSystem(() => workspacesOf(db, caller.userId)) : [];
    },

    /** The workspace and, for a signed-in caller, the user. */
    async describe(
      caller: Principal,
    ): Promise<{ workspace: WorkspaceRow; user: { id: string; email: string; name: string } | null }> {
      const workspace = await findWorkspace(db, { id: caller.workspaceId });
      if (!workspace) throw new AppError('invalid_token', 'The workspace of this credential is gone.');
      const user = caller.kind === 'user' ? ((await findUser(db, caller.userId)) ?? null) : null;
      return { workspace, user };
    },
  };
}
