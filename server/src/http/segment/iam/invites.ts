/** /invites: asking people into the workspace, with the permissions that they get by accepting. */
import type { PermissionInput } from '../../../access/permissions/input.ts';
import type { Access } from '../../../access/service.ts';
import { AppError, type FieldError } from '../../../errors.ts';
import type { Handlers } from '../protocol/door.ts';
import { idPageRequest, pagination } from '../protocol/paging.ts';
import { readAddresses } from './serialize.ts';

export function invitesHandlers({ access }: { access: Access }): Handlers {
  const { invitations } = access.users;

  return {
    async listInvites({ caller, query }) {
      const request = idPageRequest(query['pagination']);
      const page = await invitations.pageOfOpen(caller, request);
      return {
        invites: page.rows.map(({ email }) => email),
        pagination: pagination(request, { ...page, keys: page.rows.map(({ id }) => id) }),
      };
    },

    /** Who is invited already is invited anew: the link before no longer works. */
    async createInvites({ caller, body }) {
      const sent = body['invites'] as { email: string; permissions?: PermissionInput[] }[];
      const emails = readAddresses(
        sent.map(({ email }) => email),
        (n) => `invites.${n}.email`,
        'invites',
      );
      refuseTwice(emails);
      const given = [];
      for (const [n, { permissions = [] }] of sent.entries()) {
        given.push({
          email: emails[n] ?? '',
          permissions: await access.permissions.read(caller, permissions, `invites.${n}.permissions`),
        });
      }
      const made = await invitations.createMany(caller, given, { again: 'replace' });
      return { emails: made.map(({ email }) => email) };
    },

    async deleteInvites({ caller, query }) {
      const emails = query['emails'] as string[];
      await invitations.revokeMany(
        caller,
        readAddresses(
          emails.filter((email) => email !== ''),
          (n) => `emails.${n}`,
          'emails',
        ),
      );
      return { status: 'SUCCESS' };
    },
  };
}

function refuseTwice(emails: readonly string[]): void {
  const fields: FieldError[] = [];
  for (const [n, email] of emails.entries()) {
    const field = `invites.${n}.email`;
    if (emails.indexOf(email) < n) fields.push({ field, message: `"${field}" is there twice` });
  }
  if (fields.length > 0) throw new AppError('validation_error', fields[0]?.message ?? '', { fields });
}
