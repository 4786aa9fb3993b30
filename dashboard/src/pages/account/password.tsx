/** Another password. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/form.tsx';
import { Panel } from '../../ui/page.tsx';
import { InlineError } from '../../ui/state.tsx';
import { toastDone } from '../../ui/toast.tsx';
import { NewPassword } from '../session/new-password.tsx';
import { SESSIONS } from './queries.ts';

export function Password() {
  const { client } = useApi();
  const queries = useQueryClient();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useMutation({
    mutationFn: () => client.password.change({ current_password: current, new_password: next }),
    gcTime: 0,
    onSuccess: async () => {
      setNext('');
      toastDone('The password is changed. All other sessions are ended.');
      await queries.invalidateQueries({ queryKey: SESSIONS });
    },
    onSettled: () => setCurrent(''),
  });
  return (
    <Panel title="Password">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="Current password"
            type="password"
            name="password"
            autoComplete="current-password"
            required
            maxLength={1024}
            value={current}
            onChange={setCurrent}
          />
          <NewPassword value={next} onChange={setNext} />
        </div>
        <InlineError error={change.error} />
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" busy={change.isPending} disabled={current === '' || next === ''}>
            Change password
          </Button>
          <span className="text-[13px] text-muted">Ends all your other sessions.</span>
        </div>
      </form>
    </Panel>
  );
}
