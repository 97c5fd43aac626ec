import { installedFolder } from './installed-folder.ts';

/** The folder of the contracts that come with the engine. */
export function shippedContractsDirectory(from?: string): string {
  return installedFolder('libs/contracts/data', from);
}
