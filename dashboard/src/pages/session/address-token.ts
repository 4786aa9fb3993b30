/** The one-time token of a mailed link: it comes behind the `#`, which no server and no log sees, and leaves the address at once. */
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

/** @returns an empty text when the address held none, as after a reload. */
export function useAddressToken(): string {
  const hash = useRouterState({ select: (state) => state.location.hash });
  const navigate = useNavigate();
  const [token, setToken] = useState(hash);
  useEffect(() => {
    if (hash === '') return;
    setToken(hash);
    void navigate({ to: '.', hash: '', search: true, replace: true });
  }, [hash, navigate]);
  return token;
}
