import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { CodeText } from '../../parts/code-text.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { verifyStrings } from '../../strings/verify.ts';
import { usePortal } from '../portal-context.tsx';
import { useWebhook } from '../queries.ts';
import { fillSnippet, formOf, languages, type Language, type SentRequest } from './snippet.ts';
import { templateOf } from './snippet-templates.ts';
import classes from './verify.module.css';

/** "Verify this signature yourself": a program that carries this very request. The secret is not in it. */
export default function VerifySignature({
  webhookId,
  request,
}: {
  readonly webhookId: string;
  readonly request: SentRequest;
}) {
  const { contract } = usePortal();
  const webhook = useWebhook(webhookId);
  const [language, setLanguage] = useState<Language>('node');
  const scheme = webhook.data?.webhook.signature ?? 'v1';
  const form = formOf(contract, scheme, language);
  const program =
    form === null ? null : fillSnippet(templateOf(form, language), form, contract, language, request);
  const isSigned = Object.keys(request.headers).some(
    (name) => name.toLowerCase() === contract.signature.header.toLowerCase(),
  );
  if (!isSigned) return <p className="muted">{verifyStrings.unsigned}</p>;
  return (
    <div className={classes.verify}>
      <p className="muted">
        {verifyStrings.about(scheme === 'v1a' ? verifyStrings.publicKey : verifyStrings.secret)}{' '}
        {contract.secret.owner === 'tenant' ? verifyStrings.tenantSecret : null}
      </p>
      <div className={classes.bar}>
        <SegmentedControl
          size="xs"
          value={language}
          onChange={setLanguage}
          data={languages.map((value) => ({ value, label: verifyStrings.languages[value] }))}
        />
        {program === null ? null : <CopyButton value={program} what={verifyStrings.what} />}
      </div>
      {program === null ? (
        <p className="muted">{verifyStrings.noPython}</p>
      ) : (
        <CodeText text={program} label={verifyStrings.languages[language]} />
      )}
    </div>
  );
}
