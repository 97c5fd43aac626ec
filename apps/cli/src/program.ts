import { Command } from 'commander';
import type { Around } from './around.ts';
import { Cli } from './cli.ts';
import { addAudit } from './commands/audit.ts';
import { addDeliveries } from './commands/deliveries.ts';
import { addEndpointActions } from './commands/endpoint-actions.ts';
import { addEndpoints } from './commands/endpoints.ts';
import { addEngine } from './commands/engine.ts';
import { addKeys } from './commands/keys.ts';
import { addListen } from './commands/listen.ts';
import { addOperations } from './commands/operations.ts';
import { addReplays } from './commands/replays.ts';
import { addSend } from './commands/send.ts';
import { addTenants } from './commands/tenants.ts';
import { addTransfer } from './commands/transfer.ts';
import { addVerify } from './commands/verify.ts';
import { exitCodes } from './exit-code.ts';

const exits = Object.values(exitCodes)
  .map(([code, meaning]) => `  ${code}  ${meaning}`)
  .join('\n');

/** All of `hyperhook`. */
export function createProgram(around: Around): Cli {
  const program = new Command('hyperhook')
    .description('Runs a webhook engine, and administers one over its REST API.')
    // Before any command is added: they take these over.
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void around.stdout.write(text),
      writeErr: (text) => void around.stderr.write(text),
      getOutHelpWidth: () => around.stdout.columns ?? 100,
      getErrHelpWidth: () => around.stderr.columns ?? 100,
    })
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError()
    .showHelpAfterError('(--help says how it is used)')
    .addHelpText('after', `\nExit codes:\n${exits}`);
  const cli = new Cli(program, around);
  addEngine(cli);
  addTenants(cli);
  addKeys(cli);
  const endpoints = addEndpoints(cli);
  addEndpointActions(cli, endpoints);
  addSend(cli);
  addDeliveries(cli);
  addReplays(cli);
  addListen(cli);
  addVerify(cli);
  addTransfer(cli);
  addAudit(cli);
  addOperations(cli);
  return cli;
}
