import { Button, PasswordInput } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState, type SubmitEvent } from 'react';
import { Notice } from '../parts/notice.tsx';
import { useSession } from '../session/session.tsx';
import { sessionStrings } from '../strings/session.ts';
import { BrandMark } from './brand-mark.tsx';
import classes from './sign-in.module.css';

export function SignIn() {
  const { signIn, ended } = useSession();
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const credential = text.trim();
    if (credential === '') setError(sessionStrings.empty);
    else if (!/^[\x21-\x7e]+$/.test(credential)) setError(sessionStrings.notSendable);
    else signIn(credential);
  };
  return (
    <main className={classes.place}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <div className={classes.head}>
          <BrandMark />
          <h1 className={classes.title}>{sessionStrings.title}</h1>
        </div>
        {ended === null ? null : (
          <Notice tone="wait" icon={IconInfoCircle} role="alert">
            {ended}
          </Notice>
        )}
        <p className={classes.about}>{sessionStrings.about}</p>
        <PasswordInput
          label={sessionStrings.label}
          value={text}
          error={error}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setError(null);
          }}
          visibilityToggleButtonProps={{ 'aria-label': sessionStrings.show }}
        />
        <Button type="submit" size="sm">
          {sessionStrings.submit}
        </Button>
      </form>
    </main>
  );
}
