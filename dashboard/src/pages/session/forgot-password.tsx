/** Asks for a mail with a link to set a new password. */
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { forgotPassword } from '../../app/session.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/form.tsx';
import { InlineError } from '../../ui/state.tsx';
import { Frame, LINK } from './frame.tsx';

export function ForgotPassword() {
  const [email, setEmail] = useState('');
  const ask = useMutation({ mutationFn: () => forgotPassword(email.trim()) });
  return (
    <Frame title="Forgot password" heading={ask.isSuccess ? 'Look into your mail' : 'Set a new password'}>
      {ask.isSuccess ? (
        <p role="status" className="text-muted">
          If <span className="break-words font-medium text-ink">{email.trim()}</span> has an account here, a mail with a
          link is on its way to it. The link works once, for 30 minutes. Nothing has changed until then.
        </p>
      ) : (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            ask.mutate();
          }}
        >
          <TextField
            label="Email"
            type="email"
            name="email"
            autoComplete="username"
            required
            autoFocus
            maxLength={320}
            hint="A link to set another password is sent to it. It needs a mail server: without one ask an owner."
            value={email}
            onChange={setEmail}
          />
          <InlineError error={ask.error} />
          <Button type="submit" variant="primary" busy={ask.isPending} className="h-9.5">
            Send the link
          </Button>
        </form>
      )}
      <p className="mt-5">
        <Link to="/sign-in" className={LINK}>
          Back to signing in
        </Link>
      </p>
    </Frame>
  );
}
