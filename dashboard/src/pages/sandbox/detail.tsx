/** One captured email or HTTP call, whole. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useApi } from '../../api/client.ts';
import type { SandboxDetail as Item } from '../../api/types.ts';
import { CopyField } from '../../ui/code.tsx';
import { HtmlFrame, JsonBlock } from '../../ui/content.tsx';
import { DescriptionList, Page, Panel } from '../../ui/page.tsx';
import { ErrorState, Skeleton } from '../../ui/state.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Time } from '../../ui/time.tsx';

const route = getRouteApi('/shell/sandbox/$itemId');

export function SandboxDetail() {
  const { itemId } = route.useParams();
  const { client, environment } = useApi();
  const query = useQuery({
    queryKey: [environment, 'sandbox', itemId],
    queryFn: () => client.sandbox.get({ id: itemId }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const item = query.data;
  return (
    <Page
      title={item?.summary ?? <Skeleton className="h-7 w-64" />}
      documentTitle={item?.summary ?? 'Sandbox'}
      description={
        item && (
          <>
            Captured <Time value={item.created_at} />. It did not leave.
          </>
        )
      }
      back={
        <Link to="/sandbox" className="hover:text-ink hover:underline">
          ← Sandbox
        </Link>
      }
    >
      {query.isError && (
        <Panel>
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        </Panel>
      )}
      {query.isPending && <Skeleton className="h-96 w-full" />}
      {item && (item.kind === 'email' ? <Email item={item} /> : <Call item={item} />)}
    </Page>
  );
}

function Email({ item }: { item: Item }) {
  const { content } = item;
  return (
    <Panel>
      <DescriptionList
        items={[
          ['From', text(content['from'])],
          ['To', text(content['to'])],
          [
            'Subject',
            <span key="subject" className="font-medium">
              {text(content['subject'])}
            </span>,
          ],
        ]}
      />
      <Tabs
        label="Parts of the email"
        className="mt-4"
        tabs={[
          {
            value: 'html',
            label: 'Rendered',
            content: <HtmlFrame title="Rendered email" html={text(content['html'])} />,
          },
          { value: 'text', label: 'Text', content: <Plain text={text(content['text'])} /> },
          { value: 'source', label: 'HTML source', content: <Plain text={text(content['html'])} /> },
          { value: 'headers', label: 'Headers', content: <Headers headers={content['headers']} /> },
        ]}
      />
    </Panel>
  );
}

function Call({ item }: { item: Item }) {
  const { content } = item;
  return (
    <Panel>
      <div className="mb-4 flex items-center gap-3">
        <span className="font-mono font-semibold text-[13px]">{text(content['method']) || 'POST'}</span>
        <CopyField value={text(content['url'])} label="Copy URL" className="flex-1" />
      </div>
      <Tabs
        label="Parts of the call"
        tabs={[
          { value: 'body', label: 'Body', content: <JsonBlock value={content['body'] ?? ''} label="body" /> },
          { value: 'headers', label: 'Headers', content: <Headers headers={content['headers']} /> },
        ]}
      />
    </Panel>
  );
}

function Plain({ text }: { text: string }) {
  return (
    <pre className="max-h-[32rem] min-h-24 overflow-auto whitespace-pre-wrap break-words rounded-md border bg-sunken p-3 font-mono text-[13px]">
      {text}
    </pre>
  );
}

function Headers({ headers }: { headers: unknown }) {
  const entries = headers && typeof headers === 'object' ? Object.entries(headers) : [];
  if (entries.length === 0) return <p className="text-muted">None were set.</p>;
  return (
    <dl className="flex flex-col gap-1.5 font-mono text-[12.5px]">
      {entries.map(([name, value]) => (
        <div key={name} className="flex flex-wrap gap-x-2">
          <dt className="text-muted">{name}:</dt>
          <dd className="min-w-0 break-all">{text(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A field of the captured content as text; several recipients or values are joined. */
function text(value: unknown): string {
  if (Array.isArray(value)) return value.map(text).join(', ');
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
