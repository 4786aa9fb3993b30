/** A search field that reports what was typed once the typing pauses. */
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { cx } from '../lib/cx.ts';
import { Input } from './form.tsx';

interface SearchBoxProps {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  className?: string;
}

const PAUSE_MS = 250;

export function SearchBox({ label, placeholder, value, onChange, className }: SearchBoxProps) {
  const [text, setText] = useState(value);
  const [last, setLast] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  // Changed from outside (Back, a cleared filter), not by the typing that was just reported.
  if (value !== last) {
    setLast(value);
    if (value !== text.trim()) setText(value);
  }
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(next.trim()), PAUSE_MS);
  };
  return (
    <div className={cx('relative min-w-0 basis-full sm:max-w-80', className)}>
      <Search aria-hidden className="absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted" />
      <Input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        className="pl-8"
        value={text}
        onChange={(event) => type(event.target.value)}
      />
    </div>
  );
}
