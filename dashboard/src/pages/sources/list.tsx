/** Placeholder. */
export function Sources() {
  return null;
}
