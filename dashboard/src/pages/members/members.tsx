/** Members: who belongs to the workspace, as what, where they are signed in; invitations; the second-factor policy. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, KeyRound, MonitorSmartphone, UserRoundMinus, UserRoundPlus, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { meQuery, useApi, useCan } from '../../api/client.ts';
import { Listing } from '../../api/list.tsx';
import type { Me, Member, Role } from '../../api/types.ts';
import { openWorkspace } from '../../app/workspace.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Menu, MenuItem, Select } from '../../ui/menu.tsx';
import { Page, Panel, Table, Td, Th, Tr } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';
import { toastDone, toastError } from '../../ui/toast.tsx';
import { Invitations } from './invitations.tsx';
import { Invite } from './invite.tsx';
import { MemberPermissions } from './member-permissions.tsx';
import { MemberSessions } from './member-sessions.tsx';
import { SecondFactorPolicy } from './policy.tsx';
import { MEMBERS, membersQuery } from './queries.ts';
import { grantable, manages } from './roles.ts';

type Asking =
  | { what: 'sessions' | 'permissions' | 'remove'; member: Member }
  | { what: 'role'; member: Member; role: Role };

export function Members() {
  const api = useApi();
  const queries = useQueryClient();
  const me = useQuery(meQuery(api));
  const allowed = useCan('members:read');
  const mayManage = useCan('members:manage') && me.data !== undefined;
  const [inviting, setInviting] = useState(false);
  const [asking, setAsking] = useState<Asking | null>(null);
  const query = useInfiniteQuery({ ...membersQuery(api), enabled: allowed });
  const changed = async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: MEMBERS }),
      queries.invalidateQueries({ queryKey: meQuery(api).queryKey }),
    ]);
  };
  const setRole = useMutation({
    mutationFn: ({ member, role }: { member: Member; role: Role }) =>
      api.client.members.update({ id: member.id, role }),
    onSuccess: async (member) => {
      await changed();
      toastDone(`${member.email} is ${member.role} now.`);
    },
  });
  const ownId = me.data?.user?.id;
  const change = (member: Member, role: Role) => {
    // One's own rights, and rights over everything, are not given away by a slip.
    if (member.id === ownId || role === 'owner') setAsking({ what: 'role', member, role });
    else setRole.mutate({ member, role }, { onError: toastError });
  };
  const remove = async (member: Member) => {
    await api.client.members.delete({ id: member.id });
    if (member.id === ownId) return openWorkspace(undefined);
    await changed();
    toastDone(`${member.email} is removed.`);
  };
  const without =
    query.data && !query.hasNextPage ? query.data.items.filter((member) => !member.second_factor).length : null;
  return (
    <Page
      title="Members"
      documentTitle="Members"
      description="Who belongs to this workspace. A change counts from their next request on."
      actions={
        mayManage && (
          <Button variant="primary" icon={<UserRoundPlus aria-hidden />} onClick={() => setInviting(true)}>
            Invite
          </Button>
        )
      }
    >
      {allowed ? (
        <>
          <Panel flush>
            <Listing query={query} empty={<EmptyState icon={<UsersRound />} title="Nobody" />}>
              {(members) => (
                <MemberTable
                  members={members}
                  me={me.data}
                  changing={setRole.isPending ? setRole.variables.member.id : undefined}
                  onRole={change}
                  onAsk={setAsking}
                />
              )}
            </Listing>
          </Panel>
          <Invitations mayManage={mayManage} />
          {me.data && <SecondFactorPolicy me={me.data} without={without} />}
        </>
      ) : (
        <Panel>
          <EmptyState icon={<UsersRound />} title="Your role cannot see members">
            Owners and admins of the workspace can.
          </EmptyState>
        </Panel>
      )}
      <Invite open={inviting} onClose={() => setInviting(false)} own={me.data?.role ?? null} />
      {asking?.what === 'sessions' && <MemberSessions member={asking.member} onClose={() => setAsking(null)} />}
      {asking?.what === 'permissions' && <MemberPermissions member={asking.member} onClose={() => setAsking(null)} />}
      <ConfirmDialog
        open={asking?.what === 'remove'}
        onOpenChange={(open) => !open && setAsking(null)}
        title={asking?.member.id === ownId ? 'Leave the workspace?' : `Remove ${asking?.member.email ?? ''}?`}
        action={asking?.member.id === ownId ? 'Leave' : 'Remove'}
        onConfirm={async () => asking && (await remove(asking.member))}
      >
        Their account lives on, and so do API keys they made: revoke those too.
      </ConfirmDialog>
      <ConfirmDialog
        open={asking?.what === 'role'}
        onOpenChange={(open) => !open && setAsking(null)}
        title={asking?.what === 'role' ? `Make ${asking.member.email} ${asking.role}?` : ''}
        action="Change role"
        onConfirm={async () => asking?.what === 'role' && (await setRole.mutateAsync(asking))}
      >
        {asking?.member.id === ownId
          ? 'This is your own role. You may not be able to give it back to yourself.'
          : 'Owners may do everything, also remove you.'}
      </ConfirmDialog>
    </Page>
  );
}

interface MemberTableProps {
  members: Member[];
  me: Me | undefined;
  /** The id of the one whose role is being changed. */
  changing: string | undefined;
  onRole: (member: Member, role: Role) => void;
  onAsk: (asking: Asking) => void;
}

function MemberTable({ members, me, changing, onRole, onAsk }: MemberTableProps) {
  const own = me?.role ?? null;
  return (
    <Table label="Members">
      <thead className="max-md:head-hidden">
        <tr>
          <Th>Person</Th>
          <Th>Role</Th>
          <Th className="max-md:hidden">Second factor</Th>
          <Th className="max-md:hidden">Joined</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {members.map((member) => {
          const mine = member.id === me?.user?.id;
          const managed = manages(own, member.role);
          return (
            <Tr key={member.id}>
              <Td className="max-w-72 max-sm:max-w-40">
                <div className="break-words font-medium">
                  {member.name || member.email} {mine && <Badge tone="accent">you</Badge>}
                </div>
                {member.name && <div className="break-words text-muted text-xs">{member.email}</div>}
                <div className="mt-1 md:hidden">
                  <FactorBadge member={member} />
                </div>
              </Td>
              <Td>
                {managed ? (
                  <Select
                    label={`Role of ${member.email}`}
                    value={member.role}
                    onChange={(role) => role !== member.role && changing === undefined && onRole(member, role)}
                    options={grantable(own)}
                    className="w-28"
                  />
                ) : (
                  <Badge>{member.role}</Badge>
                )}
              </Td>
              <Td className="max-md:hidden">
                <FactorBadge member={member} />
              </Td>
              <Td className="text-muted max-md:hidden">
                <Time value={member.joined_at} />
              </Td>
              <Td className="text-right">
                {(managed || mine) && (
                  <Menu
                    trigger={
                      <IconButton label={`More about ${member.email}`}>
                        <Ellipsis aria-hidden />
                      </IconButton>
                    }
                  >
                    {managed && (
                      <MenuItem onSelect={() => onAsk({ what: 'sessions', member })}>
                        <MonitorSmartphone aria-hidden /> Sessions
                      </MenuItem>
                    )}
                    {managed && !mine && (
                      <MenuItem onSelect={() => onAsk({ what: 'permissions', member })}>
                        <KeyRound aria-hidden /> Permissions
                      </MenuItem>
                    )}
                    <MenuItem onSelect={() => onAsk({ what: 'remove', member })}>
                      <UserRoundMinus aria-hidden /> {mine ? 'Leave' : 'Remove'}
                    </MenuItem>
                  </Menu>
                )}
              </Td>
            </Tr>
          );
        })}
      </tbody>
    </Table>
  );
}

function FactorBadge({ member }: { member: Member }) {
  return (
    <Badge tone={member.second_factor ? 'ok' : 'neutral'}>
      {member.second_factor ? '2nd factor' : 'password only'}
    </Badge>
  );
}
