import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contract } from '../contract.ts';
import { JsonError } from '../json/json-error.ts';
import { pointerStep } from '../json/pointer.ts';
import { scanJson } from '../json/scan-json.ts';
import { checkContract, type Complain } from './check-contract.ts';
import { ContractError } from './contract-error.ts';
import { contractOf, type ContractFile } from './contract-file.ts';
import { shippedContractsDirectory } from './shipped-contracts.ts';

const SCHEMA = 'contract.schema.json';

/**
 * Reads every contract (`*.json`, JSON Schemas aside) of the directories, by id.
 * Throws {@link ContractError} for the first file that cannot be used: an installation starts with all or not at all.
 */
export function loadContracts(directories: readonly string[]): ReadonlyMap<string, Contract> {
  const fits = fileValidator();
  const contracts = new Map<string, Contract>();
  const files = new Map<string, string>();
  for (const file of directories.flatMap(contractFiles)) {
    const complain: Complain = (pointer, reason) => {
      throw new ContractError(file, pointer, reason);
    };
    const contract = contractOf(read(file, fits, complain));
    const other = files.get(contract.id);
    if (other !== undefined) complain('/id', `${contract.id} is the id of ${other} too`);
    checkContract(contract, complain);
    contracts.set(contract.id, contract);
    files.set(contract.id, file);
  }
  return contracts;
}

function contractFiles(directory: string): string[] {
  let names: string[];
  try {
    names = readdirSync(directory);
  } catch (error) {
    throw new ContractError(directory, '', `cannot be read: ${String(error)}`);
  }
  return names
    .filter((name) => name.endsWith('.json') && !name.endsWith('.schema.json'))
    .sort()
    .map((name) => join(directory, name));
}

let compiled: ValidateFunction<ContractFile> | undefined;

/** Compiled once in a process. */
function fileValidator(): ValidateFunction<ContractFile> {
  if (compiled !== undefined) return compiled;
  const schema = JSON.parse(readFileSync(join(shippedContractsDirectory(), SCHEMA), 'utf8')) as object;
  compiled = new Ajv2020({ strict: true, allowUnionTypes: true }).compile<ContractFile>(schema);
  return compiled;
}

/** Through our own scanner, so that a member given twice is an error and not a riddle. */
function read(file: string, fits: ValidateFunction<ContractFile>, complain: Complain): ContractFile {
  let parsed: unknown;
  try {
    parsed = scanJson(readFileSync(file)).value();
  } catch (error) {
    return complain(error instanceof JsonError ? error.pointer : '', String(error));
  }
  if (!fits(parsed)) {
    const { instancePath = '', message, params } = fits.errors?.[0] ?? {};
    const extra = (params as { additionalProperty?: string } | undefined)?.additionalProperty;
    const pointer = extra === undefined ? instancePath : instancePath + pointerStep(extra);
    return complain(pointer, message ?? 'does not fit contract.schema.json');
  }
  duplicateType(parsed, complain);
  return parsed;
}

function duplicateType(file: ContractFile, complain: Complain): void {
  const types = file.eventTypes.map((each) => each.type);
  const index = types.findIndex((type, at) => types.indexOf(type) !== at);
  if (index !== -1) complain(`/eventTypes/${index}/type`, `${types[index]} is there twice`);
}
