/** Placeholder. */
export function SourceDetail() {
  return null;
}
