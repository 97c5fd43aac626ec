import { loadContracts, shippedContractsDirectory, type Contract } from '#contracts';

/** The shipped contracts, and those of the operator's folder. */
export function contractsOf({
  contractsDir,
}: {
  readonly contractsDir: string | null;
}): ReadonlyMap<string, Contract> {
  return loadContracts([shippedContractsDirectory(), ...(contractsDir === null ? [] : [contractsDir])]);
}
