/** Groups: members who share permissions. A group gives what it has to whoever is in it. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Plus, UsersRound } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import { Listing } from '../../api/list.tsx';
import { plural } from '../../lib/time.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/form.tsx';
import { Page, Panel, STRETCH, Table, Td, Th, Tr } from '../../ui/page.tsx';
import { EmptyState, InlineError } from '../../ui/state.tsx';
import { GROUPS, groupsQuery } from './queries.ts';

export function Groups() {
  const api = useApi();
  const allowed = useCan('members:read');
  const query = useInfiniteQuery({ ...groupsQuery(api), enabled: allowed });
  return (
    <Page
      title="Groups"
      documentTitle="Groups"
      description="Members who share permissions. Who is put into a group has what it has, from the next request on."
      back={
        <Link to="/settings/members" className="hover:text-ink hover:underline">
          ← Members
        </Link>
      }
      actions={query.data?.total ? <CreateGroup /> : undefined}
    >
      <Panel flush>
        {allowed ? (
          <Listing
            query={query}
            empty={
              <EmptyState icon={<UsersRound />} title="No group yet" action={<CreateGroup />}>
                Make one, say what it may, and put members into it.
              </EmptyState>
            }
          >
            {(groups) => (
              <Table label="Groups">
                <thead className="max-sm:head-hidden">
                  <tr>
                    <Th>Name</Th>
                    <Th className="max-sm:hidden">May</Th>
                    <Th className="text-right">Members</Th>
                  </tr>
                </thead>
                <tbody>
                  {groups.map((group) => (
                    <Tr key={group.id}>
                      <Td className="break-words">
                        <Link to="/settings/groups/$groupId" params={{ groupId: group.id }} className={STRETCH}>
                          {group.name}
                        </Link>
                      </Td>
                      <Td className="max-sm:hidden">
                        <span className="flex flex-wrap gap-1">
                          {[...new Set(group.permissions.map(({ role_name }) => role_name))].map((name) => (
                            <Badge key={name}>{name}</Badge>
                          ))}
                        </span>
                      </Td>
                      <Td className="text-right text-muted tabular-nums">{plural(group.member_count, 'member')}</Td>
                    </Tr>
                  ))}
                </tbody>
              </Table>
            )}
          </Listing>
        ) : (
          <EmptyState icon={<UsersRound />} title="Your role cannot see groups">
            Owners and admins of the workspace can.
          </EmptyState>
        )}
      </Panel>
    </Page>
  );
}

function CreateGroup() {
  const { client } = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const allowed = useCan('members:manage');
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const create = useMutation({
    mutationFn: () => client.groups.create({ name: name.trim() }),
    onSuccess: (group) => {
      setOpen(false);
      void queries.invalidateQueries({ queryKey: GROUPS });
      void navigate({ to: '/settings/groups/$groupId', params: { groupId: group.id } });
    },
  });
  const change = (next: boolean) => {
    setOpen(next);
    setName('');
    create.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  if (!allowed) return null;
  return (
    <>
      <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => change(true)}>
        Create group
      </Button>
      <Dialog
        open={open}
        onOpenChange={change}
        title="Create a group"
        footer={
          <>
            <Button onClick={() => change(false)}>Cancel</Button>
            <Button
              type="submit"
              form="create-group"
              variant="primary"
              busy={create.isPending}
              disabled={name.trim() === ''}
            >
              Create group
            </Button>
          </>
        }
      >
        <form id="create-group" onSubmit={submit} className="flex flex-col gap-4">
          <TextField label="Name" required maxLength={200} value={name} onChange={setName} placeholder="Analysts" />
          <InlineError error={create.error} />
        </form>
      </Dialog>
    </>
  );
}
