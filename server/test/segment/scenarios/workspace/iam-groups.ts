/** Groups, their members and permissions. */
import { expect } from 'vitest';
import { shortId } from '../../../../src/http/segment/protocol/ids.ts';
import type { TestApp } from '../../../support/app.ts';
import type { SegmentClient } from '../../client.ts';
import { accept } from './iam-users.ts';

const SOURCE_ADMIN = '1lOhVfL014SoCjk50TZPXhmjb7g';

export async function run({ call, fails, workspace }: SegmentClient, app: TestApp): Promise<void> {
  const { slug } = workspace.workspace;
  const owner = workspace.owner.email;
  const ada = `ada@group.${slug}.test`;

  const { userGroup } = await call('createUserGroup', { body: { name: 'Growth' } });
  expect(userGroup).toEqual({ id: expect.stringMatching(/^\w{22}$/), name: 'Growth', memberCount: 0, permissions: [] });
  const params = { userGroupId: userGroup.id };
  const { userGroup: second } = await call('createUserGroup', { body: { name: 'Ops' } });
  expect((await fails('createUserGroup', { body: { name: ' ' } })).errors[0]).toMatchObject({ field: 'name' });
  expect((await fails('createUserGroup', { body: { name: 'x'.repeat(256) } })).status).toBe(422);
  expect((await fails('createUserGroup', { body: { name: 'a\u0000' } })).status).toBe(422);

  const page = await call('listUserGroups', { query: { 'pagination.count': '1', 'pagination.cursor': 'MA==' } });
  expect(page.userGroups).toEqual([userGroup]);
  const rest = await call('listUserGroups', {
    query: { 'pagination.count': '1', 'pagination.cursor': page.pagination.next },
  });
  expect([rest.userGroups, 'next' in rest.pagination]).toEqual([[second], false]);

  expect((await call('updateUserGroup', { params, body: { name: 'Growth team' } })).userGroup).toMatchObject({
    id: userGroup.id,
    name: 'Growth team',
  });

  // members: an unknown address is invited, and belongs to the group from the acceptance on
  const added = await call('addUsersToUserGroup', { params, body: { emails: [owner.toUpperCase(), ada] } });
  expect(added.userGroup.memberCount).toBe(1);
  expect(await call('listUsersFromUserGroup', { params })).toMatchObject({
    users: [{ id: shortId(workspace.owner.id), email: owner, name: owner }],
    pagination: { totalEntries: 1 },
  });
  expect(await call('listInvitesFromUserGroup', { params })).toMatchObject({ emails: [ada] });
  expect((await call('listInvites')).invites).toEqual([ada]);
  const userId = await accept(app, workspace, ada);
  expect(await call('listInvitesFromUserGroup', { params })).toMatchObject({ emails: [] });
  const users = await call('listUsersFromUserGroup', { params, query: { 'pagination.count': '1' } });
  const more = await call('listUsersFromUserGroup', {
    params,
    query: { 'pagination.count': '1', 'pagination.cursor': users.pagination.next },
  });
  expect(more.users).toEqual([{ id: shortId(userId), email: ada, name: 'Ada' }]);
  expect(await call('listUserGroupsFromUser', { params: { userId: shortId(userId) } })).toMatchObject({
    groups: [{ id: userGroup.id, name: 'Growth team' }],
  });
  const bob = `bob@group.${slug}.test`;
  expect((await call('replaceUsersInUserGroup', { params, body: { emails: [ada, bob] } })).userGroup.memberCount).toBe(
    1,
  );
  expect((await call('listInvitesFromUserGroup', { params })).emails).toEqual([bob]);
  // With the invitation its place in the group is gone.
  await call('deleteInvites', { query: { emails: bob } });
  expect((await call('listInvitesFromUserGroup', { params })).emails).toEqual([]);
  expect(await call('removeUsersFromUserGroup', { params, query: { 'emails.0': ada } })).toEqual({ status: 'SUCCESS' });
  const none = { params, body: { emails: [] }, changesNothing: true } as const;
  expect((await call('replaceUsersInUserGroup', none)).userGroup.memberCount).toBe(0);
  expect((await fails('addUsersToUserGroup', { params, body: { emails: ['x', ada, 'y@'] } })).errors).toEqual([
    { type: 'input-validation', field: 'emails.0', message: '"emails.0" must be a valid email' },
    { type: 'input-validation', field: 'emails.2', message: '"emails.2" must be a valid email' },
  ]);

  // permissions
  const { source } = await call('createSource', { body: { slug: 'app', enabled: true, metadataId: 'IqDTy1TpoU' } });
  const permission = {
    roleId: SOURCE_ADMIN,
    resources: [{ id: source.id, type: 'SOURCE', labels: [] }],
  };
  const shown = { ...permission, roleName: 'Source Admin' };
  const labelled = {
    roleId: SOURCE_ADMIN,
    resources: [
      {
        id: shortId(workspace.workspace.id),
        type: 'WORKSPACE',
        labels: [{ key: 'env', value: 'dev', description: 'Development' }],
      },
    ],
  };
  expect(await call('addPermissionsToUserGroup', { params, body: { permissions: [permission] } })).toEqual({
    permissions: [shown],
  });
  expect(
    await call('replacePermissionsForUserGroup', { params, body: { permissions: [labelled, permission] } }),
  ).toEqual({ permissions: [{ ...labelled, roleName: 'Source Admin' }, shown] });
  expect((await call('getUserGroup', { params })).userGroup.permissions).toEqual([
    { ...labelled, roleName: 'Source Admin' },
    shown,
  ]);
  expect(
    (await fails('addPermissionsToUserGroup', { params, body: { permissions: [{ roleId: 'x', resources: [] }] } }))
      .errors,
  ).toMatchObject([{ field: 'permissions.0.roleId' }, { field: 'permissions.0.resources' }]);

  expect(await call('deleteUserGroup', { params })).toEqual({ status: 'SUCCESS' });
  for (const operation of ['getUserGroup', 'listUsersFromUserGroup', 'listInvitesFromUserGroup', 'deleteUserGroup']) {
    expect((await fails(operation, { params })).status, operation).toBe(404);
  }
}
