import { ActionIcon, Button, Checkbox, Popover, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconBraces } from '@tabler/icons-react';
import { useState } from 'react';
import type { Contract } from '../../api/schema.ts';
import { CodeText } from '../../parts/code-text.tsx';
import { Notice } from '../../parts/notice.tsx';
import { formStrings } from '../../strings/form.ts';
import { toggled, unlistedOf, widensBySubtraction, type Selection } from './event-selection.ts';
import classes from './form.module.css';

type EventType = Contract['event_types'][number];

/** The events that an endpoint wants, in the page's own words. */
export function EventChoice({
  contract,
  saved,
  value,
  refused,
  disabled,
  onChange,
}: {
  readonly contract: Contract;
  /** As the engine has it: what the choice is measured against. */
  readonly saved: Selection;
  readonly value: Selection;
  readonly refused: string | undefined;
  readonly disabled: boolean;
  readonly onChange: (value: Selection) => void;
}) {
  const [subtracted, setSubtracted] = useState(false);
  const change = (next: Selection) => {
    setSubtracted(widensBySubtraction(value, next));
    onChange(next);
  };
  const widened = value.length === 0 && (subtracted || widensBySubtraction(saved, value));
  const unlisted = unlistedOf(
    value,
    contract.event_types.map(({ type }) => type),
  );
  return (
    <fieldset className={classes.events}>
      <legend className={classes.legend}>{formStrings.events}</legend>
      {contract.event_types.map((event) => (
        <div key={event.type} className={classes.event}>
          <Checkbox
            size="sm"
            checked={value.includes(event.type)}
            disabled={disabled}
            label={event.label}
            description={
              <>
                {event.description}
                <br />
                <span className={`mono ${classes.type ?? ''}`}>{event.type}</span>
              </>
            }
            onChange={() => change(toggled(value, event.type))}
          />
          <EventShape event={event} />
        </div>
      ))}
      {unlisted.map((type) => (
        <div key={type} className={classes.event}>
          <Checkbox
            size="sm"
            checked
            disabled={disabled}
            label={<span className="mono">{type}</span>}
            onChange={() => change(toggled(value, type))}
          />
        </div>
      ))}
      {contract.open_types ? (
        <OtherType
          disabled={disabled}
          onAdd={(type) => change(value.includes(type) ? value : [...value, type])}
        />
      ) : null}
      {widened ? (
        <Notice tone="wait" icon={IconAlertTriangle} role="alert">
          {formStrings.eventsWidened}
        </Notice>
      ) : (
        <p className={classes.note}>
          {value.length === 0 ? formStrings.eventsNone : formStrings.eventsSome(value.length)}
        </p>
      )}
      {refused === undefined ? null : (
        <Notice tone="bad" icon={IconAlertTriangle} role="alert">
          {refused}
        </Notice>
      )}
    </fieldset>
  );
}

/** What the data of an event looks like, for those who write the receiving end. */
function EventShape({ event }: { readonly event: EventType }) {
  return (
    <Popover position="bottom-end" width={380} shadow="md" withinPortal trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={`${event.label}: ${formStrings.schema}`}
        >
          <IconBraces size={15} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={classes.field}>
          <strong>{formStrings.sample}</strong>
          <CodeText text={JSON.stringify(event.sample, null, 2)} label={formStrings.sample} />
          <strong>{formStrings.schema}</strong>
          <CodeText text={JSON.stringify(event.schema, null, 2)} label={formStrings.schema} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function OtherType({
  disabled,
  onAdd,
}: {
  readonly disabled: boolean;
  readonly onAdd: (type: string) => void;
}) {
  const [text, setText] = useState('');
  const add = () => {
    const type = text.trim();
    if (type === '') return;
    onAdd(type);
    setText('');
  };
  return (
    <div className={classes.other}>
      <TextInput
        size="xs"
        label={formStrings.eventsOther}
        description={formStrings.eventsOpen}
        placeholder={formStrings.eventsOtherPlaceholder}
        value={text}
        disabled={disabled}
        spellCheck={false}
        classNames={{ input: 'mono' }}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          // Enter adds the type; it does not save the form.
          event.preventDefault();
          add();
        }}
      />
      <Button variant="default" disabled={disabled || text.trim() === ''} onClick={add}>
        {formStrings.eventsAdd}
      </Button>
    </div>
  );
}
