/** What an app asks the signed-in person for: who asks, for what, where; then yes or no, and back to the app. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { meQuery, useApi } from '../../api/client.ts';
import { Logo } from '../../app/logo.tsx';
import { signOut } from '../../app/session.ts';
import { webAddress } from '../../lib/url.ts';
import { buttonClass } from '../../ui/button.tsx';
import { EmptyState, ErrorState, errorText, SkeletonRows } from '../../ui/state.tsx';
import { Toasts } from '../../ui/toast.tsx';
import { type Answer, ConsentForm } from './form.tsx';

const route = getRouteApi('/oauth/consent/$uid');

export function Consent() {
  const { uid } = route.useParams();
  const { client } = useApi();
  const query = useQuery({
    queryKey: ['consent', uid],
    queryFn: () => client.oauth.question({ uid }),
    // A question is about one moment: it is asked once and forgotten with the page.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const answer = useMutation({
    mutationFn: async (given: Answer | null) => {
      const { redirect_to } = given ? await client.oauth.confirm({ uid, ...given }) : await client.oauth.abort({ uid });
      const next = webAddress(redirect_to);
      if (!next) throw new Error('The server gave no address to go on to.');
      window.location.assign(next.href);
    },
  });
  if (query.isPending) {
    return (
      <Frame title="An app asks for access">
        <SkeletonRows rows={6} />
      </Frame>
    );
  }
  if (query.isError) {
    return (
      <Frame title="An app asks for access">
        {isGone(query.error) ? (
          <EmptyState
            icon={<Undo2 />}
            title="This question is no longer open"
            action={
              <Link to="/" className={buttonClass()}>
                To the dashboard
              </Link>
            }
          >
            It was answered, is older than ten minutes, or was asked in another browser. Go back to the app and start
            again there.
          </EmptyState>
        ) : (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        )}
      </Frame>
    );
  }
  return (
    <Frame title={`${query.data.client.name} asks for access`}>
      <ConsentForm
        question={query.data}
        // After a yes or no the browser is on its way: nothing can be pressed twice.
        busy={answer.isPending || answer.isSuccess}
        error={answer.error ? new Error(errorText(answer.error)) : null}
        onAnswer={(given) => answer.mutate(given)}
      />
    </Frame>
  );
}

function Frame({ title, children }: { title: string; children: ReactNode }) {
  const me = useQuery(meQuery(useApi()));
  return (
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto flex min-h-dvh w-full max-w-xl flex-col gap-4 px-4 py-6 outline-none sm:py-12"
    >
      <title>{`${title} · Headgate`}</title>
      <div className="flex items-center gap-2.5">
        <Logo className="size-7 shrink-0" />
        <span className="font-semibold">Headgate</span>
        <span className="ml-auto min-w-0 truncate text-[13px] text-muted">{me.data?.user?.email}</span>
        <button
          type="button"
          onClick={() => void signOut()}
          className="shrink-0 rounded text-[13px] text-muted underline underline-offset-2 hover:text-ink"
        >
          Not you?
        </button>
      </div>
      <div className="rounded-lg border bg-panel p-4 sm:p-6">{children}</div>
      <Toasts />
    </main>
  );
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 404;
}
