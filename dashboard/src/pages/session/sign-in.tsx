/** The sign-in page. */
import { Link } from '@tanstack/react-router';
import { SignInForm } from './form.tsx';
import { Frame, LINK } from './frame.tsx';

export function SignIn() {
  return (
    <Frame title="Sign in" heading="Sign in to Headgate">
      <SignInForm />
      <p className="mt-5">
        <Link to="/forgot-password" className={LINK}>
          Forgot password?
        </Link>
      </p>
      <p className="mt-3 text-[13px] text-muted">
        The first start of the server printed the owner's email and password in its terminal.
      </p>
    </Frame>
  );
}
