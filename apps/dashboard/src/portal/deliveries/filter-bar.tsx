import { Button, Select, TextInput } from '@mantine/core';
import { IconFilterOff, IconSearch } from '@tabler/icons-react';
import { useTypedText } from '../../parts/typed-text.ts';
import { deliveryStrings } from '../../strings/deliveries.ts';
import { usePortal } from '../portal-context.tsx';
import {
  codeClasses,
  filtered,
  isFiltered,
  statuses,
  withChosen,
  withins,
  type DeliverySearch,
} from './delivery-filter.ts';
import classes from './deliveries.module.css';

/** What the list shows. Every change is a new address. */
export function FilterBar({
  search,
  endpoints,
  onSearch,
}: {
  readonly search: DeliverySearch;
  /** Where the list is of several: what to choose from. */
  readonly endpoints?: readonly { readonly id: string; readonly url: string }[] | undefined;
  readonly onSearch: (search: DeliverySearch) => void;
}) {
  const { contract } = usePortal();
  // Of an open contract, or of one whose list has changed since.
  const types = withChosen(
    contract.event_types.map(({ type, label }) => ({ value: type, label })),
    search.type,
  );
  return (
    <div className={classes.filters} role="search" aria-label={deliveryStrings.filters}>
      <Choice
        label={deliveryStrings.anyStatus}
        value={search.status}
        options={statuses.map((value) => ({ value, label: contract.words[value] }))}
        onChange={(status) => onSearch(filtered(search, { status }))}
      />
      {types.length > 1 ? (
        <Choice
          label={deliveryStrings.anyType}
          value={search.type}
          options={types}
          onChange={(type) => onSearch(filtered(search, { type }))}
        />
      ) : null}
      <Choice
        label={deliveryStrings.anyCode}
        value={search.code}
        options={codeClasses.map((value) => ({ value, label: deliveryStrings.codes[value] }))}
        onChange={(code) => onSearch(filtered(search, { code }))}
      />
      <Choice
        label={deliveryStrings.anyTime}
        value={search.within}
        options={withins.map((value) => ({ value, label: deliveryStrings.withins[value] }))}
        onChange={(within) => onSearch(filtered(search, { within }))}
      />
      {endpoints === undefined ? null : (
        <Choice
          wide
          label={deliveryStrings.anyEndpoint}
          value={search.webhook}
          // One that was deleted, or is far down the list.
          options={withChosen(
            endpoints.map(({ id, url }) => ({ value: id, label: url })),
            search.webhook,
          )}
          onChange={(webhook) => onSearch(filtered(search, { webhook }))}
        />
      )}
      <EventId value={search.event ?? ''} onChange={(event) => onSearch(filtered(search, { event }))} />
      {isFiltered(search) ? (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconFilterOff size={14} aria-hidden />}
          onClick={() => onSearch({})}
        >
          {deliveryStrings.clear}
        </Button>
      ) : null}
    </div>
  );
}

function Choice<T extends string>({
  label,
  value,
  options,
  wide = false,
  onChange,
}: {
  readonly label: string;
  readonly value: T | undefined;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly wide?: boolean;
  readonly onChange: (value: T | undefined) => void;
}) {
  return (
    <Select
      size="xs"
      className={(wide ? classes.wide : classes.filter) ?? ''}
      aria-label={label}
      placeholder={label}
      data={[...options]}
      value={value ?? null}
      clearable
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

/** Asked for with Enter, or by leaving the field: each letter would be a question of its own. */
function EventId({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (value: string | undefined) => void;
}) {
  const { text, type, ask } = useTypedText(value);
  const settle = () => {
    const asked = ask(text);
    if (asked !== value) onChange(asked === '' ? undefined : asked);
  };
  return (
    <TextInput
      size="xs"
      className={classes.filter ?? ''}
      aria-label={deliveryStrings.eventId}
      placeholder={deliveryStrings.eventId}
      leftSection={<IconSearch size={14} aria-hidden />}
      value={text}
      spellCheck={false}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle();
      }}
    />
  );
}
