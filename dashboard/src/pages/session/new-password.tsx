/** A field for a password that is being chosen. */
import { TextField } from '../../ui/form.tsx';

export const SHORTEST_PASSWORD = 12;

export function NewPassword({
  label = 'New password',
  value,
  onChange,
}: {
  label?: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <TextField
      label={label}
      type="password"
      name="new-password"
      autoComplete="new-password"
      required
      minLength={SHORTEST_PASSWORD}
      maxLength={1024}
      hint={`At least ${SHORTEST_PASSWORD} characters. Several words are good.`}
      value={value}
      onChange={onChange}
    />
  );
}
