import { Command, Option } from 'commander';
import { loadConfig, settingNames } from '#platform';
import type { Around } from './around.ts';
import { cliSchema, type CliConfig } from './cli.config.ts';
import { installedAt } from './installed-at.ts';
import { Output, outputs, type OutputKind } from './output/output.ts';
import { Client } from './rest/client.ts';
import { findAccess } from './rest/find-access.ts';

/** One use of a command. */
export interface Call<Options> {
  readonly args: readonly string[];
  readonly options: Options;
  readonly output: Output;
  readonly around: Around;
  /** Read when it is asked for: the settings of an engine that is started are its own to judge. */
  readonly config: CliConfig;
  /** Found when it is asked for: what needs no engine needs no key. */
  readonly client: Client;
}

export interface Help {
  /** One line, as it stands in the list of commands. */
  readonly summary: string;
  /** What to type, after `hyperhook`; a test runs it. */
  readonly example: string;
  /** What the options do not say. */
  readonly more?: string;
}

interface GlobalOptions {
  readonly output: OutputKind;
  readonly apiUrl?: string;
  readonly apiKey?: string;
}

/** The commands, each with its help and an example, over one set of options that all have. */
export class Cli {
  readonly program: Command;
  /** Of all commands, in the order in which they were added. */
  readonly examples: string[] = [];
  readonly #around: Around;

  constructor(program: Command, around: Around) {
    this.program = program;
    this.#around = around;
    program
      .option('--api-url <url>', 'where the API is; else HYPERHOOK_URL')
      .option('--api-key <key>', 'else HYPERHOOK_API_KEY, else the first key of a local installation')
      .addOption(
        new Option('--output <kind>', 'a table, JSON, or ids only').choices(outputs).default('table'),
      );
  }

  /** Commands about one kind of thing. */
  group(name: string, summary: string): Command {
    return this.program.command(name).summary(summary).description(summary);
  }

  /** `usage`: name and arguments, as commander writes them. */
  add(parent: Command, usage: string, { summary, example, more }: Help): Command {
    this.examples.push(example);
    const text = `${more === undefined ? '' : `\n${more}\n`}\nExample:\n  $ hyperhook ${example}`;
    return parent.command(usage).summary(summary).description(summary).addHelpText('after', text);
  }

  run<Options = object>(command: Command, action: (call: Call<Options>) => Promise<void>): void {
    command.action(async () => {
      const { output, apiUrl, apiKey, ...options } = command.optsWithGlobals<GlobalOptions>();
      const { env, stdout } = this.#around;
      const args = { url: apiUrl, publishUrl: apiUrl, apiKey };
      const read = () => loadConfig(cliSchema, { env, args, known: settingNames });
      let client: Client | undefined;
      await action({
        args: command.processedArgs.flat().filter((each): each is string => typeof each === 'string'),
        options: options as Options,
        output: new Output(output, stdout),
        around: this.#around,
        get config() {
          return read();
        },
        get client() {
          client ??= new Client(findAccess(read(), installedAt()));
          return client;
        },
      });
    });
  }
}
