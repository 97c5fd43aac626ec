import { Collapse, Switch, TextInput } from '@mantine/core';
import type { Contract } from '../../api/schema.ts';
import { fieldErrorOf } from '../../api/api-problem.ts';
import { formStrings } from '../../strings/form.ts';
import type { EndpointDraft } from './endpoint-draft.ts';
import { EventChoice } from './event-choice.tsx';
import classes from './form.module.css';
import { UrlField } from './url-field.tsx';

/** Fields that show what the engine says of them; the rest of a refusal stands elsewhere. */
export const shownPointers = ['/url', '/description', '/events', '/active'];

/** HL-3: the toggle, and what it reveals. */
export function SettingsFields({
  contract,
  saved,
  draft,
  error,
  offAbout,
  isRevealed,
  showEmpty,
  disabled,
  onChange,
}: {
  readonly contract: Contract;
  readonly saved: EndpointDraft;
  readonly draft: EndpointDraft;
  /** Of the last save. */
  readonly error: unknown;
  readonly offAbout: string;
  /** Whether the fields are shown: as the toggle stands, or because something in them has to be mended. */
  readonly isRevealed: boolean;
  readonly showEmpty: boolean;
  readonly disabled: boolean;
  readonly onChange: (change: Partial<EndpointDraft>) => void;
}) {
  return (
    <div className={classes.form}>
      <Switch
        label={formStrings.enabled}
        description={draft.active ? formStrings.enabledAbout : offAbout}
        checked={draft.active}
        disabled={disabled}
        error={fieldErrorOf(error, '/active')}
        onChange={(event) => onChange({ active: event.currentTarget.checked })}
      />
      <Collapse expanded={isRevealed}>
        <div className={classes.fieldsReveal}>
          <UrlField
            value={draft.url}
            https={contract.https}
            refused={fieldErrorOf(error, '/url')}
            showEmpty={showEmpty}
            disabled={disabled}
            onChange={(url) => onChange({ url })}
          />
          <TextInput
            label={formStrings.description}
            description={formStrings.descriptionAbout}
            value={draft.description}
            maxLength={500}
            disabled={disabled}
            error={fieldErrorOf(error, '/description')}
            onChange={(event) => onChange({ description: event.currentTarget.value })}
          />
          <EventChoice
            contract={contract}
            saved={saved.events}
            value={draft.events}
            refused={fieldErrorOf(error, '/events')}
            disabled={disabled}
            onChange={(events) => onChange({ events })}
          />
        </div>
      </Collapse>
    </div>
  );
}
