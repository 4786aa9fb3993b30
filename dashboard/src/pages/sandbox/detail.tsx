/** Placeholder. */
export function SandboxDetail() {
  return null;
}
