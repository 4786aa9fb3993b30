/** What an app asks for, in words: each can be left out, and what the role cannot give is said. */
import type { ConsentQuestion } from '../../api/types.ts';
import { Badge } from '../../ui/badge.tsx';
import { Checkbox } from '../../ui/form.tsx';

interface ConsentScopesProps {
  scopes: ConsentQuestion['scopes'];
  /** Of them: those the person can give in the chosen workspace. */
  given: readonly string[];
  refused: ReadonlySet<string>;
  onChange: (refused: ReadonlySet<string>) => void;
  workspace: string;
}

export function ConsentScopes({ scopes, given, refused, onChange, workspace }: ConsentScopesProps) {
  const possible = scopes.filter(({ name }) => given.includes(name));
  const missing = scopes.filter(({ name }) => !given.includes(name));
  const set = (name: string, on: boolean) => {
    const next = new Set(refused);
    if (on) next.delete(name);
    else next.add(name);
    onChange(next);
  };
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 font-medium">It could</legend>
      {scopes.length === 0 && <p className="text-muted">The app asks for nothing that it is registered for.</p>}
      <div className="flex flex-col gap-2.5">
        {possible.map((scope) => (
          <Checkbox
            key={scope.name}
            label={
              <>
                {scope.description} {!scope.reads && <Badge tone="warn">changes things</Badge>}
              </>
            }
            hint={<code className="font-mono text-xs">{scope.name}</code>}
            checked={!refused.has(scope.name)}
            onChange={(on) => set(scope.name, on)}
          />
        ))}
      </div>
      {missing.length > 0 && (
        <div className="mt-3 text-[13px] text-muted">
          It also asks for what your role in {workspace} has not got, and does not get it:
          <ul className="mt-1 ml-4 list-disc">
            {missing.map((scope) => (
              <li key={scope.name}>
                {scope.description} <code className="font-mono text-xs">{scope.name}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
    </fieldset>
  );
}
