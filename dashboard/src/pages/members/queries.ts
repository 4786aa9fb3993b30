/** What the members page asks for; a workspace's members are the same in both environments. */
import type { Api } from '../../api/client.ts';
import { listQuery } from '../../api/list.tsx';
import type { Invitation, Member } from '../../api/types.ts';

export const MEMBERS = ['members'];
export const INVITATIONS = ['invitations'];
export const POLICY = ['second-factor-policy'];

export function membersQuery({ client }: Api) {
  return listQuery<Member>(MEMBERS, (cursor) => client.members.list({ cursor, limit: 100 }));
}

export function invitationsQuery({ client }: Api) {
  return listQuery<Invitation>(INVITATIONS, (cursor) => client.invitations.list({ cursor, limit: 50 }));
}

export function policyQuery({ client }: Api) {
  return { queryKey: POLICY, queryFn: () => client.secondFactor.policy() };
}
