import { loadContracts, shippedContractsDirectory, type Contract } from '#contracts';
import type { CliConfig } from '../cli.config.ts';
import { UsageError } from '../usage-error.ts';

/** The contract of this name. Without one: that whose signature header the request has, if only one fits. */
export function contractFor(
  config: Pick<CliConfig, 'contractsDir'>,
  name: string | undefined,
  headers: Readonly<Record<string, string | undefined>>,
): Contract {
  const contracts = contractsOf(config);
  const known = [...contracts.keys()].join(', ');
  if (name !== undefined) {
    const contract = contracts.get(name);
    if (contract !== undefined) return contract;
    throw new UsageError(`there is no contract "${name}"; there are ${known}`);
  }
  const fitting = [...contracts.values()].filter(
    ({ signature }) => headers[signature.header.toLowerCase()] !== undefined,
  );
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  throw new UsageError(`no header says whose request this is; give --contract (${known})`);
}

export function contractsOf({
  contractsDir,
}: Pick<CliConfig, 'contractsDir'>): ReadonlyMap<string, Contract> {
  return loadContracts([shippedContractsDirectory(), ...(contractsDir === null ? [] : [contractsDir])]);
}
