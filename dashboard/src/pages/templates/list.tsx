/** Email templates. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { FileText, Plus } from 'lucide-react';
import { useApi, useCan } from '../../api/client.ts';
import { Listing, listQuery } from '../../api/list.tsx';
import type { Template } from '../../api/types.ts';
import { Badge } from '../../ui/badge.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { Page, Panel, STRETCH, Table, Td, Th, Tr } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';

const PAGE = 50;

export function Templates() {
  const { client, environment } = useApi();
  const allowed = useCan('templates:write');
  const query = useInfiniteQuery(
    // This list goes by skip and limit; how far it is read is kept as the cursor.
    listQuery<Template>([environment, 'templates'], async (cursor) => {
      const skip = Number(cursor ?? 0);
      const page = await client.templates.list({ skip, limit: PAGE });
      const next = skip + page.items.length;
      return { ...page, cursor: page.items.length > 0 && next < page.total ? String(next) : null };
    }),
  );
  const create = allowed && (
    <Link to="/templates/$templateId" params={{ templateId: 'new' }} className={buttonClass('primary')}>
      <Plus aria-hidden /> Create template
    </Link>
  );
  return (
    <Page
      title="Templates"
      documentTitle="Templates"
      description="Emails written once in Liquid and sent to one person through the API."
      actions={query.data?.total ? create : undefined}
    >
      <Panel flush>
        <Listing
          query={query}
          empty={
            <EmptyState icon={<FileText />} title="No template yet" action={create}>
              Write a subject and HTML with {'{{ variables }}'}; the text version is made from it. Then send it with one
              API call.
            </EmptyState>
          }
        >
          {(templates) => (
            <Table label="Templates">
              <thead className="max-sm:head-hidden">
                <tr>
                  <Th>Name</Th>
                  <Th className="max-sm:hidden">Slug</Th>
                  <Th className="max-md:hidden">Category</Th>
                  <Th className="text-right">Changed</Th>
                </tr>
              </thead>
              <tbody>
                {templates.map((template) => (
                  <Tr key={template.id}>
                    <Td className="max-w-80">
                      <Link to="/templates/$templateId" params={{ templateId: template.id }} className={STRETCH}>
                        {template.name}
                      </Link>
                      <span className="block truncate text-[13px] text-muted">{template.subject}</span>
                    </Td>
                    <Td className="max-w-56 truncate font-mono text-[13px] text-muted max-sm:hidden">
                      {template.slug}
                    </Td>
                    <Td className="max-md:hidden">
                      <Badge>{template.category}</Badge>
                    </Td>
                    <Td className="text-right text-muted">
                      <Time value={template.updated_at} />
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
