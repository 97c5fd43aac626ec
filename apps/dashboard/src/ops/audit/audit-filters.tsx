import { Button, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useTypedText } from '../../parts/typed-text.ts';
import { opsStrings } from '../../strings/ops.ts';
import classes from './audit-filters.module.css';
import { localInput, momentOf, type AuditFilter, type AuditSearch } from './audit-search.ts';

const words = opsStrings.audit;
const TYPING_MS = 350;

const texts: readonly (readonly [AuditFilter, string, string])[] = [
  ['tenant', words.tenant, ''],
  ['actor', words.actor, words.actorHint],
  ['type', words.type, words.typeHint],
  ['subject', words.subject, words.subjectHint],
];

export function AuditFilters({ search }: { readonly search: AuditSearch }) {
  const navigate = useNavigate({ from: '/ops/audit' });
  const set = (name: AuditFilter, value: string | undefined) =>
    void navigate({ search: (before) => ({ ...before, [name]: value }), replace: true });
  return (
    <form
      className={classes.filters}
      role="search"
      aria-label={words.filters}
      onSubmit={(event) => event.preventDefault()}
    >
      {texts.map(([name, label, hint]) => (
        <TextField
          key={name}
          label={label}
          hint={hint}
          value={search[name] ?? ''}
          onSettled={(value) => set(name, value)}
        />
      ))}
      {(['since', 'until'] as const).map((name) => (
        <TextInput
          key={name}
          type="datetime-local"
          label={words[name]}
          value={localInput(search[name])}
          onChange={(event) => set(name, momentOf(event.currentTarget.value))}
        />
      ))}
      {Object.keys(search).length === 0 ? null : (
        <Button
          variant="subtle"
          className={classes.clear ?? ''}
          onClick={() => void navigate({ search: {}, replace: true })}
        >
          {words.clear}
        </Button>
      )}
    </form>
  );
}

function TextField({
  label,
  hint,
  value,
  onSettled,
}: {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onSettled: (value: string | undefined) => void;
}) {
  const { text, type, ask } = useTypedText(value);
  const settle = useDebouncedCallback((typed: string) => {
    const asked = ask(typed);
    onSettled(asked === '' ? undefined : asked);
  }, TYPING_MS);
  return (
    <TextInput
      label={label}
      placeholder={hint}
      value={text}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => {
        type(event.currentTarget.value);
        settle(event.currentTarget.value);
      }}
    />
  );
}
