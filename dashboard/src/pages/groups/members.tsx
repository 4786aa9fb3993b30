/** Who is in a group, and who will be once an invitation is accepted: put in by the email address. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useApi } from '../../api/client.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Input } from '../../ui/form.tsx';
import { Panel } from '../../ui/page.tsx';
import { InlineError, Skeleton } from '../../ui/state.tsx';
import { toastError } from '../../ui/toast.tsx';
import { INVITATIONS } from '../members/queries.ts';
import { GROUPS, groupInvitationsQuery, groupMembersQuery } from './queries.ts';

export function GroupMembers({ groupId, mayManage }: { groupId: string; mayManage: boolean }) {
  const api = useApi();
  const queries = useQueryClient();
  const members = useInfiniteQuery(groupMembersQuery(api, groupId));
  const invited = useInfiniteQuery(groupInvitationsQuery(api, groupId));
  const [email, setEmail] = useState('');
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: GROUPS }),
      queries.invalidateQueries({ queryKey: INVITATIONS }),
    ]);
  // The list is set as a whole, so all of it is read first, and anew: somebody else may have changed it.
  const change = useMutation({
    mutationFn: async ({ add, remove }: { add?: string; remove?: string }) => {
      const emails = [
        ...(await all((cursor) => api.client.groups.members({ id: groupId, cursor, limit: 100 }))),
        ...(await all((cursor) => api.client.groups.invitations({ id: groupId, cursor, limit: 100 }))),
      ];
      const next = emails.filter((one) => one !== remove);
      return api.client.groups.setMembers({ id: groupId, emails: add === undefined ? next : [...next, add] });
    },
    onSuccess: () => setEmail(''),
    onSettled: refresh,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ add: email.trim() });
  };
  const people = [
    ...(members.data?.items ?? []).map((one) => ({ ...one, isInvited: false })),
    ...(invited.data?.items ?? []).map((one) => ({ ...one, name: '', isInvited: true })),
  ];
  const more = [members, invited].find((query) => query.hasNextPage);
  return (
    <Panel title="Members">
      <div className="flex min-w-0 flex-col gap-3">
        {(members.isPending || invited.isPending) && <Skeleton className="h-5 w-40" />}
        <InlineError error={members.error ?? invited.error} />
        {members.data && invited.data && people.length === 0 && <p className="text-muted">Nobody yet.</p>}
        {people.length > 0 && (
          <ul aria-label="Members of the group" className="divide-y">
            {people.map((one) => (
              <li key={one.id} className="flex min-h-10 min-w-0 items-center gap-2">
                <span className="min-w-0 flex-1 break-words">
                  {one.email} {one.name && <span className="text-muted">{one.name}</span>}
                </span>
                {one.isInvited && <Badge>invited</Badge>}
                {mayManage && (
                  <IconButton
                    label={`Take ${one.email} out`}
                    onClick={() => !change.isPending && change.mutate({ remove: one.email }, { onError: toastError })}
                  >
                    <X aria-hidden />
                  </IconButton>
                )}
              </li>
            ))}
          </ul>
        )}
        {more && (
          <Button size="sm" className="self-start" onClick={() => void more.fetchNextPage()}>
            Show more
          </Button>
        )}
        {mayManage && (
          <form onSubmit={submit} className="flex gap-2">
            <Input
              type="email"
              aria-label="Email of a new member"
              placeholder="ada@example.com"
              maxLength={254}
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
            <Button type="submit" busy={change.isPending} disabled={email.trim() === ''}>
              Add
            </Button>
          </form>
        )}
        {mayManage && (
          <p className="text-[13px] text-muted">
            Who is no member of the workspace yet is invited, and is in the group once the invitation is accepted.
          </p>
        )}
        {change.variables?.add !== undefined && <InlineError error={change.error} />}
      </div>
    </Panel>
  );
}

/** The addresses of every page of a list. */
async function all(
  load: (cursor: string | undefined) => Promise<{ items: { email: string }[]; cursor: string | null }>,
): Promise<string[]> {
  const emails: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await load(cursor);
    emails.push(...page.items.map(({ email }) => email));
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined);
  return emails;
}
