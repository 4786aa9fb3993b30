/** Whether the code that is edited is the code that is deployed. */
import type { ListedFunction } from '../../api/types.ts';
import { StatusDot } from '../../ui/badge.tsx';

export function Deployed({ of }: { of: Pick<ListedFunction, 'deployed_at' | 'is_latest_version'> }) {
  if (of.deployed_at === null) return <StatusDot tone="neutral">Never deployed</StatusDot>;
  if (of.is_latest_version) return <StatusDot tone="ok">Deployed</StatusDot>;
  return <StatusDot tone="warn">Changed since</StatusDot>;
}
