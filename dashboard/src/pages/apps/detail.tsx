/** One OAuth app: what it needs to ask users, what it may ask for, and what can be done with it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Pencil, RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import type { OAuthApp } from '../../api/types.ts';
import { webAddress } from '../../lib/url.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/code.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { DescriptionList, Page, Panel } from '../../ui/page.tsx';
import { ErrorState, Skeleton } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';
import { toastDone } from '../../ui/toast.tsx';
import { AppBadges, AUTH_METHODS, Credentials, hasSecret } from './app.tsx';
import { EditApp } from './edit.tsx';

const route = getRouteApi('/shell/settings/apps/$appId');

export function AppDetail() {
  const { appId } = route.useParams();
  const { client, environment } = useApi();
  const allowed = useCan('oauth:manage');
  const [editing, setEditing] = useState(false);
  const query = useQuery({
    queryKey: [environment, 'oauth-app', appId],
    queryFn: () => client.oauthClients.get({ id: appId }),
  });
  const app = query.data;
  return (
    <Page
      title={app?.name ?? <Skeleton className="h-7 w-48" />}
      documentTitle={app?.name ?? 'OAuth app'}
      description={
        app && (
          <span className="flex flex-wrap items-center gap-1.5">
            <AppBadges app={app} />
          </span>
        )
      }
      back={
        <Link to="/settings/apps" className="hover:text-ink hover:underline">
          ← OAuth apps
        </Link>
      }
      actions={app && allowed && <Actions app={app} onEdit={() => setEditing(true)} />}
    >
      {query.isError && (
        <Panel>
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        </Panel>
      )}
      {query.isPending && <Skeleton className="h-80 w-full" />}
      {app && (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <Connection app={app} />
          <Panel title="Rights">
            <div className="flex flex-wrap gap-1">
              {app.scopes.map((scope) => (
                <Badge key={scope}>{scope}</Badge>
              ))}
            </div>
            <p className="mt-3 text-muted">
              {app.may_send
                ? 'A user can let it send, if they say so by name.'
                : 'Nothing it does can make a message leave to people.'}
            </p>
          </Panel>
        </div>
      )}
      {app && <EditApp app={app} open={editing} onOpenChange={setEditing} />}
    </Page>
  );
}

function Connection({ app }: { app: OAuthApp }) {
  const homepage = webAddress(app.homepage);
  const asksUsers = app.grant_types.includes('authorization_code');
  return (
    <Panel title="Connection">
      <DescriptionList
        items={[
          ['Client ID', <CopyField key="id" value={app.id} label="Copy client ID" />],
          ...(asksUsers ? ([['Ask users at', <AuthorizeUrl key="authorize" />]] as const) : []),
          ['Proves itself', `with ${AUTH_METHODS[app.auth_method]}`],
          ...(app.secret_rotated_at
            ? ([['Secret from', <Time key="secret" value={app.secret_rotated_at} />]] as const)
            : []),
          ['Gets tokens by', app.grant_types.map((type) => type.replaceAll('_', ' ')).join(', ')],
          ...(app.redirect_uris.length > 0
            ? ([['Sends back to', <Redirects key="redirects" uris={app.redirect_uris} />]] as const)
            : []),
          ...(homepage
            ? ([
                [
                  'Home page',
                  <a
                    key="home"
                    href={homepage.href}
                    target="_blank"
                    rel="noopener noreferrer"
                    className="break-all underline decoration-line-strong underline-offset-2 hover:text-accent-strong"
                  >
                    {app.homepage}
                  </a>,
                ],
              ] as const)
            : []),
          ['Registered', <Registered key="registered" app={app} />],
        ]}
      />
    </Panel>
  );
}

function AuthorizeUrl() {
  return <CopyField value={`${window.location.origin}/oauth/authorize`} label="Copy authorization address" />;
}

function Redirects({ uris }: { uris: readonly string[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {uris.map((uri) => (
        <li key={uri}>
          <code className="break-all font-mono text-[13px]">{uri}</code>
        </li>
      ))}
    </ul>
  );
}

function Registered({ app }: { app: OAuthApp }) {
  return (
    <>
      <Time value={app.created_at} /> by {app.created_by}
    </>
  );
}

function Actions({ app, onEdit }: { app: OAuthApp; onEdit: () => void }) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const navigate = route.useNavigate();
  const [asking, setAsking] = useState<'rotate' | 'delete' | null>(null);
  const rotate = useMutation({
    mutationFn: () => client.oauthClients.rotateSecret({ id: app.id }),
    // Kept by this page alone and only until its dialog is closed.
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: [environment, 'oauth-app', app.id] }),
  });
  const remove = async () => {
    await client.oauthClients.delete({ id: app.id });
    toastDone(`${app.name} is deleted.`);
    await navigate({ to: '/settings/apps' });
    await Promise.all(
      ['oauth-apps', 'oauth-grants'].map((name) => queries.invalidateQueries({ queryKey: [environment, name] })),
    );
  };
  return (
    <>
      <Button icon={<Pencil aria-hidden />} onClick={onEdit}>
        Edit
      </Button>
      {hasSecret(app) && (
        <Button icon={<RefreshCw aria-hidden />} onClick={() => setAsking('rotate')}>
          New secret
        </Button>
      )}
      <Button variant="danger" icon={<Trash2 aria-hidden />} onClick={() => setAsking('delete')}>
        Delete
      </Button>
      <ConfirmDialog
        open={asking === 'rotate'}
        onOpenChange={(open) => !open && setAsking(null)}
        title={`Give ${app.name} a new secret?`}
        action="Make a new secret"
        onConfirm={() => rotate.mutateAsync()}
      >
        The old one is refused from this moment on: the app cannot get tokens until it has the new one. Tokens that are
        out live on.
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'delete'}
        onOpenChange={(open) => !open && setAsking(null)}
        title={`Delete ${app.name}?`}
        action="Delete app"
        onConfirm={remove}
      >
        Everything users agreed to is over, and its tokens are refused from the next request on. It cannot be brought
        back.
      </ConfirmDialog>
      <Credentials
        credentials={rotate.data ?? null}
        title="Store the secret now"
        onClose={() => {
          rotate.reset();
          document.getElementById('main')?.focus({ preventScroll: true });
        }}
      />
    </>
  );
}
