import { verifyRequest } from '#contracts';
import type { Cli } from '../cli.ts';
import { EndedWith } from '../ended-with.ts';
import { readHeaders } from '../receiver/read-headers.ts';
import { UsageError } from '../usage-error.ts';
import { contractFor } from './contract-choice.ts';
import { readBytes, readText, secretOf, withSecret, type SecretOptions } from './options.ts';

interface Verify extends SecretOptions {
  readonly body: string;
  readonly headers: string;
  readonly contract?: string;
  readonly checkAge?: boolean;
}

export function addVerify(cli: Cli): void {
  const verify = cli.add(cli.program, 'verify', {
    summary: 'is this request genuine? Needs no engine',
    example: 'verify --body body.json --headers headers.txt --secret-file secret.txt',
    more: 'Ends with 0 if it is, else with 1 and the reason. The body file must hold the bytes as they came.',
  });
  verify
    .requiredOption('--body <file>', 'the bytes of the body')
    .requiredOption('--headers <file>', 'lines of "Name: value", or a JSON object')
    .option('--contract <id>', 'whose rules; else the headers tell')
    .option('--check-age', 'also refuse what receivers would refuse as too old by now');
  cli.run<Verify>(
    withSecret(verify, 'the secret of the endpoint'),
    async ({ options, output, around, config }) => {
      const secret = secretOf(options, around);
      if (secret === undefined) throw new UsageError('give --secret or --secret-file');
      const headers = readHeaders(readText(options.headers, around), options.headers);
      const contract = contractFor(config, options.contract, headers);
      const body = readBytes(options.body, around);
      const now = options.checkAge === true ? Math.floor(Date.now() / 1_000) : null;
      const verdict = verifyRequest(contract, secret, { headers, body }, now);
      const said = verdict.genuine
        ? `genuine: a request of ${contract.title}, ${body.byteLength} bytes`
        : `not genuine: ${verdict.detail}`;
      output.done(said, { contract: contract.id, ...verdict });
      if (!verdict.genuine) throw new EndedWith('failed');
    },
  );
}
