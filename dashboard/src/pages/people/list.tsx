/** People: found by any identifier, last seen first. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Users } from 'lucide-react';
import { useApi } from '../../api/client.ts';
import { Listing, listQuery } from '../../api/list.tsx';
import type { Person } from '../../api/types.ts';
import { plural } from '../../lib/time.ts';
import { buttonClass } from '../../ui/button.tsx';
import { SearchBox } from '../../ui/form.tsx';
import { Page, Panel, STRETCH, Table, Td, Th, Tr } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';

const route = getRouteApi('/shell/people');

export function People() {
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const { client, environment } = useApi();
  const query = useInfiniteQuery(
    listQuery<Person>([environment, 'people', { q }], (cursor) => client.people.list({ q, cursor, limit: 50 })),
  );
  return (
    <Page
      title="People"
      documentTitle="People"
      description="Everyone your events speak of, whatever they are known by."
    >
      <SearchBox
        label="Search people"
        placeholder="Email, user id or any identifier"
        value={q ?? ''}
        onChange={(value) => void navigate({ search: { q: value || undefined }, replace: true })}
      />
      <Panel flush>
        <Listing
          query={query}
          rows={8}
          empty={
            q ? (
              <EmptyState icon={<Users />} title={`Nobody is known by “${q}”`}>
                The search finds people by the start of an identifier: a user id, an email or an anonymous id.
              </EmptyState>
            ) : (
              <EmptyState
                icon={<Users />}
                title="Nobody yet"
                action={
                  <Link to="/sources" className={buttonClass('primary')}>
                    Show the snippets
                  </Link>
                }
              >
                People appear with their first event. Send an <code className="font-mono text-[13px]">identify</code>{' '}
                call to give them traits and an email.
              </EmptyState>
            )
          }
        >
          {(people) => (
            <Table label="People" fixed>
              <thead className="max-sm:head-hidden">
                <tr>
                  <Th>Person</Th>
                  <Th className="max-md:hidden">User id</Th>
                  <Th className="w-36 max-lg:hidden">Identifiers</Th>
                  <Th className="w-32 max-lg:hidden">First seen</Th>
                  <Th className="w-28 text-right max-sm:w-20">Last seen</Th>
                </tr>
              </thead>
              <tbody>
                {people.map((person) => (
                  <Tr key={person.id}>
                    <Td className="truncate">
                      <Link to="/people/$personId" params={{ personId: person.id }} className={STRETCH}>
                        {personName(person)}
                      </Link>
                      {person.name && person.email && (
                        <span className="block truncate text-[13px] text-muted">{person.email}</span>
                      )}
                    </Td>
                    <Td className="truncate font-mono text-[13px] text-muted max-md:hidden">{person.user_id ?? '–'}</Td>
                    <Td className="text-muted max-lg:hidden">{plural(person.identifiers_count, 'identifier')}</Td>
                    <Td className="text-muted max-lg:hidden">
                      <Time value={person.first_seen_at} />
                    </Td>
                    <Td className="text-right text-muted">
                      <Time value={person.last_seen_at} />
                    </Td>
                  </Tr>
                ))}
              </tbody>
            </Table>
          )}
        </Listing>
      </Panel>
    </Page>
  );
}

/** What a person is called: the best that is known. */
export function personName(person: Pick<Person, 'name' | 'email' | 'user_id'>): string {
  return person.name ?? person.email ?? person.user_id ?? 'Anonymous';
}
