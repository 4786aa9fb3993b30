/** What stands for a type's logo: its initials on a colour of its own. Pictures of other companies are not ours to serve. */
import type { CSSProperties } from 'react';
import { cx } from '../lib/cx.ts';

export function Initials({ name, className }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden
      style={{ '--hue': hueOf(name) } as CSSProperties}
      className={cx(
        'initials inline-flex size-8 shrink-0 items-center justify-center rounded-md font-semibold text-xs',
        className,
      )}
    >
      {initialsOf(name)}
    </span>
  );
}

function initialsOf(name: string): string {
  const words = name
    .replace(/\(.*?\)/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const [first = '?', second] = words;
  return (second ? first.slice(0, 1) + second.slice(0, 1) : first.slice(0, 2)).toUpperCase();
}

function hueOf(name: string): number {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 360;
  return hash;
}
