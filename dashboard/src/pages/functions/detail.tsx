/** One function: its code in an editor, a run of it on an event beside, its settings, versions and deployment. */
import { type UseMutationResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
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
  return <One key={functionId} functionId={functionId} />;
}

function One({ functionId }: { functionId: string }) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  // undefined: nothing was typed yet.
  const [typed, setTyped] = useState<string>();
  const query = useQuery({
    queryKey: [environment, 'function', functionId],
    queryFn: () => client.functions.get({ id: functionId }),
  });
  const one = query.data;
  const code = typed ?? one?.code ?? '';
  const save = useMutation({
    mutationFn: () => client.functions.update({ id: functionId, code }),
    onSuccess: (updated) => {
      queries.setQueryData([environment, 'function', functionId], updated);
      void queries.invalidateQueries({ queryKey: [environment, 'function', functionId, 'versions'] });
      void queries.invalidateQueries({ queryKey: [environment, 'functions'] });
    },
  });
  const editor = { code, setCode: setTyped, isChanged: one !== undefined && code !== one.code, save };
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
      actions={one && <Actions one={one} editor={editor} />}
    >
      {query.isError && (
        <Panel>
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        </Panel>
      )}
      {query.isPending && <Skeleton className="h-96 w-full" />}
      {one && <Editor one={one} editor={editor} />}
    </Page>
  );
}

interface EditorState {
  code: string;
  setCode: (code: string) => void;
  /** It is not what is stored. */
  isChanged: boolean;
  save: UseMutationResult<OneFunction, Error, void>;
}

interface PartProps {
  one: OneFunction;
  editor: EditorState;
}

function Actions({ one, editor: { isChanged, save } }: PartProps) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const allowed = useCan('workspace');
  const [deleting, setDeleting] = useState(false);
  const deploy = useMutation({
    mutationFn: async () => {
      // What is deployed is what stands in the editor, which is also what Run runs.
      if (isChanged) await save.mutateAsync();
      return client.functions.deploy({ id: one.id });
    },
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
            disabled={one.is_latest_version && !isChanged}
            onClick={() => deploy.mutate()}
          >
            {isChanged ? 'Save and deploy' : 'Deploy'}
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

function Editor({ one, editor: { code, setCode, isChanged, save } }: PartProps) {
  const allowed = useCan('workspace');
  const saved = () => toastDone('Saved. It is in force once it is deployed.');
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <Panel
        title="Code"
        actions={
          allowed && (
            <Button
              size="sm"
              busy={save.isPending}
              disabled={!isChanged}
              onClick={() => save.mutate(undefined, { onSuccess: saved })}
            >
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
            { value: 'run', label: 'Run', content: <Run one={one} code={code} />, keep: true },
            { value: 'settings', label: 'Settings', content: <FunctionSettings key={one.updated_at} one={one} /> },
            { value: 'versions', label: 'Versions', content: <Versions one={one} onRestored={setCode} /> },
          ]}
        />
      </Panel>
    </div>
  );
}
