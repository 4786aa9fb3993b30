/** The frame of pages outside of the shell: one narrow column with a heading. */
import type { ReactNode } from 'react';
import { Logo } from '../../app/logo.tsx';

export function Frame({ title, heading, children }: { title: string; heading: string; children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center px-5 pt-8 pb-[18dvh]">
      <title>{`${title} · Headgate`}</title>
      <Logo className="mb-4 size-10" />
      <h1 className="mb-5 text-balance break-words font-semibold text-xl tracking-tight">{heading}</h1>
      {children}
    </main>
  );
}

export const LINK = 'font-medium text-accent-strong underline-offset-2 hover:underline';
