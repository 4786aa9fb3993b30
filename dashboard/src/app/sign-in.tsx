/** The sign-in page. */
import { type FormEvent, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/form.tsx';
import { InlineError } from '../ui/state.tsx';
import { Logo } from './logo.tsx';
import { signIn } from './session.ts';

export function SignIn() {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      // The router notices the new session and leaves this page.
      await signIn(email.trim(), password);
    } catch (cause) {
      setError(cause);
      setPassword('');
    } finally {
      setBusy(false);
    }
  };

  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center px-5 pt-8 pb-[18dvh]">
      <title>Sign in · Headgate</title>
      <Logo className="mb-4 size-10" />
      <h1 className="mb-5 font-semibold text-xl tracking-tight">Sign in to Headgate</h1>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label="Email"
          type="email"
          name="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          onChange={setEmail}
        />
        <TextField
          label="Password"
          type="password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={setPassword}
        />
        <InlineError error={error} />
        <Button type="submit" variant="primary" busy={busy} className="h-9.5">
          Sign in
        </Button>
      </form>
      <p className="mt-6 text-[13px] text-muted">
        The first start of the server printed the owner's email and password in its terminal.
      </p>
    </main>
  );
}
