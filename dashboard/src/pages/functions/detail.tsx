/** One function: its code in an editor, a run of it on an event beside, its settings, versions and deployment. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Rocket } from 'lucide-react';
import { useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import type { OneFunction } from '../../api/types.ts';
import { CodeEditor } from '../../editor/code-editor.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { ErrorState, InlineError, Skeleton } from '../../ui/state.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { toastDone, toastError } from '../../ui/toast.tsx';
import { Deployed } from './deployed.tsx';
import { kindOf } from './kinds.ts';
import { Run } from './run.tsx';
import { FunctionSettings } from './settings.tsx';
import { Versions } from './versions.tsx';

const route = getRouteApi('/shell/functions/$functionId');

export function FunctionDetail() {
  const { functionId } = route.useParams();
  const { client, environment } = useApi();
  const query = useQuery({
    queryKey: [environment, 'function', functionId],
    queryFn: () => client.functions.get({ id: functionId }),
  });
  const one = query.data;
  return (
    <Page
      title={one?.name ?? <Skeleton className="h-7 w-48" />}
      documentTitle={one?.name ?? 'Function'}
      description={one && kindOf(one.kind).label}
      back={
        <Link to="/functions" className="hover:text-ink hover:underline">
          ← Functions
        </Link>
      }
      actions={one && <Actions one={one} />}
    >
      {query.isError && (
        <Panel>
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        </Panel>
      )}
      {query.isPending && <Skeleton className="h-96 w-full" />}
      {one && <Editor key={one.id} one={one} />}
    </Page>
  );
}

function Actions({ one }: { one: OneFunction }) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const allowed = useCan('workspace');
  const [deleting, setDeleting] = useState(false);
  const deploy = useMutation({
    mutationFn: () => client.functions.deploy({ id: one.id }),
    onSuccess: () => {
      toastDone('Deployed.');
      void queries.invalidateQueries({ queryKey: [environment, 'function', one.id] });
      void queries.invalidateQueries({ queryKey: [environment, 'functions'] });
    },
    onError: toastError,
  });
  const remove = async () => {
    await client.functions.delete({ id: one.id });
    toastDone(`${one.name} is deleted.`);
    void queries.invalidateQueries({ queryKey: [environment, 'functions'] });
    await navigate({ to: '/functions' });
  };
  return (
    <>
      <span className="self-center">
        <Deployed of={one} />
      </span>
      {allowed && (
        <>
          <Button variant="danger" onClick={() => setDeleting(true)}>
            Delete
          </Button>
          <Button
            variant="primary"
            icon={<Rocket aria-hidden />}
            busy={deploy.isPending}
            disabled={one.is_latest_version}
            onClick={() => deploy.mutate()}
          >
            Deploy
          </Button>
        </>
      )}
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete ${one.name}?`}
        action="Delete function"
        onConfirm={remove}
      >
        Its code and all its versions are lost. This cannot be undone.
      </ConfirmDialog>
    </>
  );
}

function Editor({ one }: { one: OneFunction }) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const allowed = useCan('workspace');
  const [code, setCode] = useState(one.code);
  const save = useMutation({
    mutationFn: () => client.functions.update({ id: one.id, code }),
    onSuccess: (updated) => {
      queries.setQueryData([environment, 'function', one.id], updated);
      void queries.invalidateQueries({ queryKey: [environment, 'function', one.id, 'versions'] });
      toastDone('Saved. It is in force once it is deployed.');
    },
  });
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <Panel
        title="Code"
        actions={
          allowed && (
            <Button size="sm" busy={save.isPending} disabled={code === one.code} onClick={() => save.mutate()}>
              Save
            </Button>
          )
        }
      >
        <CodeEditor
          label="Code"
          language="javascript"
          value={code}
          onChange={setCode}
          readOnly={!allowed}
          className="h-[28rem]"
        />
        <div className="mt-3">
          <InlineError error={save.error} />
        </div>
      </Panel>
      <Panel>
        <Tabs
          label="Parts of the function"
          tabs={[
            { value: 'run', label: 'Run', content: <Run one={one} code={code} /> },
            { value: 'settings', label: 'Settings', content: <FunctionSettings key={one.updated_at} one={one} /> },
            { value: 'versions', label: 'Versions', content: <Versions one={one} onRestored={setCode} /> },
          ]}
        />
      </Panel>
    </div>
  );
}
