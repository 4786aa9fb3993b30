/** The mark: a gate standing in water. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <rect width="32" height="32" rx="7" className="fill-accent" />
      <g fill="none" strokeLinecap="round" className="stroke-on-accent">
        <path d="M9 7v18M23 7v18M9 13h14" strokeWidth="3" />
        <path d="M12.8 19.8c1.3-1.6 2.5-1.6 3.7-.2s2 1.2 2.8.2" strokeWidth="2" opacity="0.75" />
      </g>
    </svg>
  );
}
