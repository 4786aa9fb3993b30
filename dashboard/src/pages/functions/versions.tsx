/** Every version of a function's code, and going back to one. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi, useCan } from '../../api/client.ts';
import { Listing, listQuery } from '../../api/list.tsx';
import type { FunctionVersion, OneFunction } from '../../api/types.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code.tsx';
import { Time } from '../../ui/time.tsx';
import { toastDone, toastError } from '../../ui/toast.tsx';

interface VersionsProps {
  one: OneFunction;
  onRestored: (code: string) => void;
}

export function Versions({ one, onRestored }: VersionsProps) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const allowed = useCan('workspace');
  const key = [environment, 'function', one.id, 'versions'];
  const query = useInfiniteQuery(
    listQuery<FunctionVersion>(key, (cursor) => client.functions.versions({ id: one.id, cursor, limit: 50 })),
  );
  const restore = useMutation({
    mutationFn: (version: FunctionVersion) => client.functions.restore({ id: one.id, version: version.id }),
    onSuccess: (_, version) => {
      onRestored(version.code);
      void queries.invalidateQueries({ queryKey: [environment, 'function', one.id] });
      toastDone('This version is the current code again.');
    },
    onError: toastError,
  });
  return (
    <Listing query={query} rows={2} empty={<p className="text-muted">There is no version yet.</p>}>
      {(versions) => (
        <ul className="flex flex-col gap-2">
          {versions.map((version) => (
            <li key={version.id}>
              <details className="rounded-md border">
                <summary className="flex min-h-10 cursor-pointer flex-wrap items-center gap-2 px-3 py-1">
                  <Time value={version.created_at} />
                  {version.is_current && <Badge tone="accent">current</Badge>}
                  {version.is_deployed && <Badge tone="ok">deployed</Badge>}
                </summary>
                <div className="flex flex-col gap-2 p-3 pt-0">
                  <CodeBlock code={version.code} label="the code of this version" />
                  {allowed && !version.is_current && (
                    <Button
                      size="sm"
                      className="self-start"
                      busy={restore.isPending}
                      onClick={() => restore.mutate(version)}
                    >
                      Restore
                    </Button>
                  )}
                </div>
              </details>
            </li>
          ))}
        </ul>
      )}
    </Listing>
  );
}
