/** What is shown when an address leads nowhere or a page breaks. */
import { Link } from '@tanstack/react-router';
import { buttonClass } from '../ui/button.tsx';
import { ErrorState } from '../ui/state.tsx';

export function NotFound() {
  return (
    <main className="mx-auto flex max-w-md flex-col items-center px-6 py-24 text-center">
      <title>Not found · Headgate</title>
      <h1 className="font-semibold text-lg">There is no page here</h1>
      <p className="mt-1 mb-4 text-muted">The address may be mistyped, or what it showed may have been deleted.</p>
      <Link to="/" className={buttonClass('secondary')}>
        To the overview
      </Link>
    </main>
  );
}

export function PageError({ error, reset }: { error: unknown; reset: () => void }) {
  return <ErrorState error={error} onRetry={reset} />;
}
