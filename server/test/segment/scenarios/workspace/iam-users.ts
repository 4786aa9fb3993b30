/** Invitations, users and their permissions, roles. */
import { expect } from 'vitest';
import { shortId } from '../../../../src/http/segment/protocol/ids.ts';
import type { TestApp, TestWorkspace } from '../../../support/app.ts';
import type { SegmentClient } from '../../client.ts';

export async function run({ call, fails, workspace }: SegmentClient, app: TestApp): Promise<void> {
  const { slug } = workspace.workspace;
  const workspaceId = shortId(workspace.workspace.id);
  const onWorkspace = { id: workspaceId, type: 'WORKSPACE' };

  // roles
  const { roles } = await call('listRoles');
  expect(new Set(roles.map((role: { id: string }) => role.id)).size).toBe(roles.length);
  for (const role of roles) expect(role.id).toMatch(/^[0-9A-Za-z]{27}$/);
  const roleId = (name: string): string => roles.find((role: { name: string }) => role.name === name)?.id;
  expect(roleId('Workspace Owner')).toBe('1WDUuRLxv84rrfCNUwvkrRtkxnS');
  expect(roleId('Minimal Workspace Access')).toBe('1aEWAcU0fArxScocwH9xxLgW7r3');
  const first = await call('listRoles', { query: { 'pagination.count': '10' } });
  const second = await call('listRoles', {
    query: { 'pagination.count': '200', 'pagination.cursor': first.pagination.next },
  });
  expect([...first.roles, ...second.roles]).toEqual(roles);
  expect(second.pagination).not.toHaveProperty('next');

  // sources that permissions name
  const { source } = await call('createSource', { body: { slug: 'shop', enabled: true, metadataId: 'IqDTy1TpoU' } });
  const admin = { roleId: roleId('Source Admin'), resources: [{ id: source.id, type: 'SOURCE' }] };
  const shown = { ...admin, roleName: 'Source Admin', resources: [{ id: source.id, type: 'SOURCE', labels: [] }] };

  // invites
  const email = `ada@${slug}.test`;
  const other = `bob@${slug}.test`;
  expect(
    await call('createInvites', { body: { invites: [{ email, permissions: [admin] }, { email: other }] } }),
  ).toEqual({
    emails: [email, other],
  });
  const page = await call('listInvites', { query: { 'pagination.count': '1' } });
  expect(page).toMatchObject({ invites: [email], pagination: { current: 'MA==', totalEntries: 2 } });
  const next = await call('listInvites', {
    query: { 'pagination.count': '1', 'pagination.cursor': page.pagination.next },
  });
  expect(next.invites).toEqual([other]);
  expect(next.pagination).not.toHaveProperty('next');
  expect(await call('deleteInvites', { query: { 'emails.0': other } })).toEqual({ status: 'SUCCESS' });
  expect((await fails('deleteInvites', { query: { 'emails.0': other } })).status).toBe(404);
  expect(await call('listInvites')).toMatchObject({ invites: [email] });

  const refused = async (invites: object[]) => {
    const { status, errors } = await fails('createInvites', { body: { invites } });
    return [status, errors[0]?.field ?? errors[0]?.type];
  };
  expect(await refused([{ email: workspace.owner.email }])).toEqual([409, 'conflict']);
  expect(await refused([{ email: 'no address' }])).toEqual([422, 'invites.0.email']);
  expect(await refused([{ email: other }, { email: other.toUpperCase() }])).toEqual([422, 'invites.1.email']);
  expect(await refused([{ email: other, permissions: [{ roleId: 'nothing', resources: [onWorkspace] }] }])).toEqual([
    422,
    'invites.0.permissions.0.roleId',
  ]);
  expect(await refused([{ email: other, permissions: [{ roleId: admin.roleId }] }])).toEqual([
    422,
    'invites.0.permissions.0.resources',
  ]);
  // Rights of members reach beyond this door: a key that may not send makes nobody who may.
  expect(
    await refused([{ email: other, permissions: [{ roleId: roleId('Workspace Owner'), resources: [onWorkspace] }] }]),
  ).toEqual([403, 'forbidden']);

  // users
  const userId = await accept(app, workspace, email);
  expect(await call('listInvites')).toMatchObject({ invites: [] });
  const id = shortId(userId);
  const { users } = await call('listUsers');
  expect(users).toEqual([
    { id: shortId(workspace.owner.id), name: workspace.owner.email, email: workspace.owner.email },
    { id, name: 'Ada', email },
  ]);
  const half = await call('listUsers', { query: { 'pagination.count': '1', 'pagination.cursor': 'MA==' } });
  expect(half.users).toEqual([users[0]]);
  expect(
    (await call('listUsers', { query: { 'pagination.count': '1', 'pagination.cursor': half.pagination.next } })).users,
  ).toEqual([users[1]]);
  expect(await call('getUser', { params: { userId: id } })).toEqual({
    user: { id, name: 'Ada', email, permissions: [shown] },
  });
  const owner = await call('getUser', { params: { userId: shortId(workspace.owner.id) } });
  expect(owner.user.permissions).toEqual([
    {
      roleId: roleId('Workspace Owner'),
      roleName: 'Workspace Owner',
      resources: [{ ...onWorkspace, labels: [] }],
    },
  ]);
  expect(await call('listUserGroupsFromUser', { params: { userId: id } })).toMatchObject({ groups: [] });

  // permissions
  const labelled = {
    roleId: roleId('Source Read-only'),
    resources: [{ ...onWorkspace, labels: [{ key: 'env', value: 'dev' }] }],
  };
  const added = await call('addPermissionsToUser', { params: { userId: id }, body: { permissions: [labelled] } });
  expect(added.permissions).toEqual([shown, { ...labelled, roleName: 'Source Read-only' }]);
  const replaced = await call('replacePermissionsForUser', {
    params: { userId: id },
    body: { permissions: [labelled] },
  });
  expect(replaced).toEqual({ permissions: [{ ...labelled, roleName: 'Source Read-only' }] });
  expect((await call('getUser', { params: { userId: id } })).user.permissions).toEqual(replaced.permissions);
  expect(await call('replacePermissionsForUser', { params: { userId: id }, body: { permissions: [] } })).toEqual({
    permissions: [],
  });

  const wrong = async (permissions: unknown) => {
    const answer = await fails('replacePermissionsForUser', { params: { userId: id }, body: { permissions } });
    return answer.errors.map(({ field }) => field);
  };
  expect(await wrong('all')).toEqual(['permissions']);
  expect(await wrong([{ roleId: 'x', resources: [{ id: workspaceId, type: 'PLANET' }] }, {}])).toEqual(
    expect.arrayContaining(['permissions.0.resources.0.type', 'permissions.1.roleId', 'permissions.1.resources']),
  );
  expect(await wrong([{ ...admin, resources: [{ id: shortId(userId), type: 'SOURCE' }] }])).toEqual([
    'permissions.0.resources.0.id',
  ]);
  expect(await wrong([{ ...admin, resources: [{ id: 'nobody', type: 'WORKSPACE' }] }])).toEqual([
    'permissions.0.resources.0.id',
  ]);
  expect(await wrong([{ ...admin, resources: [{ id: source.id, type: 'WAREHOUSE' }] }])).toEqual([
    'permissions.0.resources.0.type',
  ]);
  expect(await wrong([{ roleId: admin.roleId, resources: [{ id: 'a\u0000', type: 'SOURCE' }] }])).toHaveLength(1);
  expect(await wrong(Array.from({ length: 201 }, () => admin))).toEqual(['permissions']);
  expect(
    await wrong([
      { roleId: roleId('Workspace Owner'), resources: [{ ...onWorkspace, labels: [{ key: 'a', value: 'b' }] }] },
    ]),
  ).toEqual(['permissions.0.roleId']);

  // removal
  expect((await fails('deleteUsers')).errors[0]).toMatchObject({ field: 'userIds' });
  expect(await call('deleteUsers', { query: { 'userIds.0': '' }, changesNothing: true })).toEqual({
    status: 'SUCCESS',
  });
  expect((await fails('deleteUsers', { query: { 'userIds.0': id, 'userIds.1': 'nobody' } })).status).toBe(404);
  expect((await fails('deleteUsers', { query: { 'userIds.0': shortId(workspace.owner.id) } })).status).toBe(409);
  expect(await call('deleteUsers', { query: { 'userIds.0': id } })).toEqual({ status: 'SUCCESS' });
  for (const operation of ['getUser', 'listUserGroupsFromUser']) {
    expect((await fails(operation, { params: { userId: id } })).status).toBe(404);
  }
  expect((await fails('getUser', { params: { userId: 'x' } })).status).toBe(404);
}

/** By a link that the owner makes: where there is no mail server it is answered. @returns the new user's id. */
export async function accept(app: TestApp, workspace: TestWorkspace, email: string): Promise<string> {
  const { db } = app.database;
  const { id } = await db
    .selectFrom('invitations')
    .select('id')
    .where('email', '=', email)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow();
  const renewed = await app.http.inject({
    method: 'POST',
    url: `/api/v1/invitations/${id}/link`,
    headers: workspace.ownerHeaders(),
  });
  const answer = await app.http.inject({
    method: 'POST',
    url: '/api/v1/invitations/accept',
    payload: { token: renewed.json().link.split('#')[1], name: 'Ada', password: 'a password of 12 or more' },
  });
  expect(answer.statusCode, answer.body).toBe(200);
  const user = await db.selectFrom('users').select('id').where('email', '=', email).executeTakeFirstOrThrow();
  return user.id;
}
