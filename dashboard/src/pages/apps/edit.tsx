/** The dialog that changes an app. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useApi } from '../../api/client.ts';
import type { OAuthApp } from '../../api/types.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { InlineError } from '../../ui/state.tsx';
import { toastDone } from '../../ui/toast.tsx';
import { draftOf, NameFields, RightsFields, redirectsOf } from './fields.tsx';

interface EditAppProps {
  app: OAuthApp;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function EditApp({ app, open, onOpenChange }: EditAppProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      wide
      title={`Edit ${app.name}`}
      description="Scopes that are taken away are gone from its tokens with the next request."
    >
      {/* Begins anew each time it is opened. */}
      {open && <Form app={app} onDone={() => onOpenChange(false)} />}
    </Dialog>
  );
}

function Form({ app, onDone }: { app: OAuthApp; onDone: () => void }) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(app));
  const set = (change: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...change }));
  const asksUsers = app.grant_types.includes('authorization_code');
  const save = useMutation({
    mutationFn: () =>
      client.oauthClients.update({
        id: app.id,
        name: draft.name.trim(),
        homepage: draft.homepage.trim() === '' ? null : draft.homepage.trim(),
        scopes: [...draft.scopes],
        may_send: draft.maySend,
        ...(asksUsers && { redirect_uris: redirectsOf(draft) }),
      }),
    onSuccess: async (changed) => {
      onDone();
      toastDone(`${changed.name} is changed.`);
      queries.setQueryData([environment, 'oauth-app', app.id], changed);
      await queries.invalidateQueries({ queryKey: [environment, 'oauth-apps'] });
    },
  });
  const ready = draft.name.trim() !== '' && draft.scopes.size > 0 && (!asksUsers || redirectsOf(draft).length > 0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) save.mutate();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <NameFields draft={draft} set={set} />
      <RightsFields draft={draft} set={set} asksUsers={asksUsers} />
      <InlineError error={save.error} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={save.isPending} disabled={!ready}>
          Save
        </Button>
      </div>
    </form>
  );
}
