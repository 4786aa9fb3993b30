/** Placeholder. */
export function DestinationDetail() {
  return null;
}
