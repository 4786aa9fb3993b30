/** Giving the password once more: what guards an account changes only soon after it was given. */
import { type Client, HeadgateError } from '@headgate/sdk';
import { type FormEvent, useState } from 'react';
import { useApi } from '../api/client.ts';
import { Cancelled } from '../lib/cancelled.ts';
import { createStore, useStore } from '../lib/store.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/form.tsx';
import { InlineError } from '../ui/state.tsx';

interface Question {
  client: Client;
  given: () => void;
  refused: (reason: Cancelled) => void;
}

const question = createStore<Question | null>(null);

/** The call; where the server wants the password first, a dialog asks for it and the call is made again. */
export function useConfirmed(): <T>(work: () => Promise<T>) => Promise<T> {
  const { client } = useApi();
  return async (work) => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof HeadgateError && error.code === 'confirmation_required')) throw error;
    }
    await new Promise<void>((given, refused) => {
      question.get()?.refused(new Cancelled());
      question.set({ client, given, refused });
    });
    return await work();
  };
}

/** Stands once in the shell. */
export function ConfirmPassword() {
  const asked = useStore(question);
  const [password, setPassword] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const close = () => {
    question.set(null);
    setPassword('');
    setError(null);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!asked) return;
    setBusy(true);
    setError(null);
    try {
      await asked.client.sessions.confirm({ password });
      close();
      asked.given();
    } catch (cause) {
      setError(cause);
      setPassword('');
    } finally {
      setBusy(false);
    }
  };
  const cancel = () => {
    asked?.refused(new Cancelled());
    close();
  };
  return (
    <Dialog
      open={asked !== null}
      onOpenChange={(open) => !open && cancel()}
      title="Your password, once more"
      description="It is asked for before anything changes that guards your account."
      footer={
        <>
          <Button onClick={cancel}>Cancel</Button>
          <Button type="submit" form="confirm-password" variant="primary" busy={busy}>
            Go on
          </Button>
        </>
      }
    >
      <form id="confirm-password" onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label="Password"
          type="password"
          name="password"
          autoComplete="current-password"
          required
          maxLength={1024}
          value={password}
          onChange={setPassword}
        />
        <InlineError error={error} />
      </form>
    </Dialog>
  );
}
