import { TextInput } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { formStrings } from '../../strings/form.ts';
import { checkUrl } from './url-check.ts';
import classes from './form.module.css';

/** Checked as it is typed; once it is good, the form in which it will be stored stands below where that differs. */
export function UrlField({
  value,
  https,
  refused,
  showEmpty,
  disabled,
  onChange,
}: {
  readonly value: string;
  readonly https: 'always' | 'production';
  /** What the engine said of it. */
  readonly refused: string | undefined;
  /** Whether an empty field is an error already. */
  readonly showEmpty: boolean;
  readonly disabled: boolean;
  readonly onChange: (value: string) => void;
}) {
  const finding = checkUrl(value, https);
  const problem =
    finding.kind === 'bad'
      ? formStrings.urlProblems[finding.problem]
      : finding.kind === 'empty' && showEmpty
        ? formStrings.urlProblems.not_a_url
        : refused;
  return (
    <div className={classes.field}>
      <TextInput
        label={formStrings.url}
        placeholder={formStrings.urlPlaceholder}
        value={value}
        error={problem}
        disabled={disabled}
        type="url"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        required
        withAsterisk={false}
        classNames={{ input: 'mono' }}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {finding.kind === 'good' && finding.canonical !== value ? (
        <p className={classes.canonical} role="status">
          <IconArrowRight size={14} aria-hidden />
          <span>
            {formStrings.urlCanonical} <span className="mono">{finding.canonical}</span>
          </span>
        </p>
      ) : null}
      {finding.kind === 'good' && finding.isHttp ? (
        <p className={classes.hint}>{formStrings.urlHttp}</p>
      ) : null}
    </div>
  );
}
