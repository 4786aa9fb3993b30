/** Users, invites, groups, roles, permissions; the audit trail. */
import {
  AuditTrailApi,
  IAMGroupsApi,
  IAMRolesApi,
  IAMUsersApi,
  WorkspacesApi,
} from '@segment/public-api-sdk-typescript';
import { expect } from 'vitest';
import { OWNER_EMAIL } from '../../support/processes/process.ts';
import { dataOf, everyPage, type Kit, refusal, typed } from './kit.ts';

const MINIMAL = '1aEWAcU0fArxScocwH9xxLgW7r3';

type NewInvites = Parameters<IAMUsersApi['createInvites']>[0];
type Permissions = Parameters<IAMUsersApi['replacePermissionsForUser']>[1];

/** The least role, on the whole workspace. */
async function minimal({ api }: Kit): Promise<object> {
  const { roles } = await dataOf(api(IAMRolesApi).listRoles({ count: 200 }));
  expect(roles.map(({ id }) => id)).toContain('1WDUuRLxv84rrfCNUwvkrRtkxnS');
  const { workspace } = await dataOf(api(WorkspacesApi).getWorkspace());
  return { roleId: MINIMAL, resources: [{ id: workspace.id, type: 'WORKSPACE' }] };
}

export async function UsersAndInvites(kit: Kit): Promise<void> {
  const users = kit.api(IAMUsersApi);
  const permission = await minimal(kit);
  const all = await everyPage(async (cursor) => {
    const page = await dataOf(users.listUsers({ count: 1, ...(cursor && { cursor }) }));
    return { items: page.users, next: page.pagination.next };
  });
  expect(all.map(({ email }) => email)).toEqual([OWNER_EMAIL]);
  const [owner] = all;
  const id = owner?.id ?? '';
  const { user } = await dataOf(users.getUser(id));
  expect(user.permissions?.length).toBeGreaterThan(0);
  expect((await dataOf(users.listUserGroupsFromUser(id, { count: 10 }))).groups).toEqual([]);

  const email = 'new@example.test';
  const invites = typed<NewInvites>({ invites: [{ email, permissions: [permission] }] });
  expect((await dataOf(users.createInvites(invites))).emails).toEqual([email]);
  expect((await dataOf(users.listInvites({ count: 10 }))).invites).toEqual([email]);
  expect((await dataOf(users.deleteInvites([email]))).status).toBe('SUCCESS');
  expect((await dataOf(users.listInvites({ count: 10 }))).invites).toEqual([]);
  // Terraform ends the destruction of an invite with one empty id.
  expect((await dataOf(users.deleteUsers(['']))).status).toBe('SUCCESS');
  expect((await refusal(users.deleteUsers([id]))).status).toBeGreaterThanOrEqual(400);
  const unknown = typed<Permissions>({ permissions: [{ roleId: 'nothing', resources: [] }] });
  expect((await refusal(users.replacePermissionsForUser(id, unknown))).status).toBeGreaterThanOrEqual(400);
  expect(await refusal(users.getUser('nothing'))).toMatchObject({ status: 404 });
}

export async function Groups(kit: Kit): Promise<void> {
  const groups = kit.api(IAMGroupsApi);
  const permission = await minimal(kit);
  const { userGroup: made } = await dataOf(groups.createUserGroup({ name: 'Analysts' }));
  expect(made).toMatchObject({ name: 'Analysts', memberCount: 0 });
  const id = made?.id ?? '';
  await dataOf(groups.updateUserGroup(id, { name: 'Data team' }));
  expect((await dataOf(groups.listUserGroups({ count: 10 }))).userGroups.map(({ name }) => name)).toEqual([
    'Data team',
  ]);
  const permissions = typed<Permissions>({ permissions: [permission] });
  const replaced = await dataOf(groups.replacePermissionsForUserGroup(id, permissions));
  expect(replaced.permissions.map(({ roleId }) => roleId)).toEqual([MINIMAL]);
  // Who is not a user yet is invited.
  await dataOf(groups.addUsersToUserGroup(id, { emails: [OWNER_EMAIL, 'guest@example.test'] }));
  const members = await dataOf(groups.listUsersFromUserGroup(id, { count: 10 }));
  expect(members.users.map(({ email }) => email)).toEqual([OWNER_EMAIL]);
  expect((await dataOf(groups.listInvitesFromUserGroup(id, { count: 10 }))).emails).toEqual(['guest@example.test']);
  await dataOf(groups.removeUsersFromUserGroup(id, [OWNER_EMAIL]));
  await dataOf(groups.replaceUsersInUserGroup(id, { emails: [] }));
  expect((await dataOf(groups.getUserGroup(id))).userGroup).toMatchObject({ memberCount: 0 });
  expect((await dataOf(groups.deleteUserGroup(id))).status).toBe('SUCCESS');
  expect(await refusal(groups.getUserGroup(id))).toMatchObject({ status: 404 });
}

export async function AuditTrail({ api }: Kit): Promise<void> {
  const trail = api(AuditTrailApi);
  const events = await everyPage(async (cursor) => {
    const page = await dataOf(trail.listAuditEvents({ count: 50, ...(cursor && { cursor }) }));
    return { items: page.events, next: page.pagination?.next };
  });
  expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['User Group Created', 'User Group Deleted']));
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  const { status, errors } = await refusal(trail.listAuditEvents({ count: 10 }, 'yesterday'));
  expect([status, errors[0]?.field]).toEqual([422, 'startTime']);
}
