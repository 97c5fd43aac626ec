import { resolve } from 'node:path';
import { Option } from 'commander';
import { cleanText } from '#webhook-http';
import type { Cli } from '../cli.ts';
import { EndedWith } from '../ended-with.ts';
import { PassingLine } from '../output/passing-line.ts';
import { readImportFile } from '../transfer/import-file.ts';
import { passExport, saveBackup, saveExport } from '../transfer/save-export.ts';
import { lineResults, sendImport, type ImportOutcome } from '../transfer/send-import.ts';
import { readText } from './options.ts';

const SHOWN_TROUBLES = 20;

interface Import {
  readonly onConflict: string;
  readonly dryRun?: boolean;
}

export function addTransfer(cli: Cli): void {
  const bring = cli.add(cli.program, 'import <file>', {
    summary: 'bring tenants, keys and endpoints in, with their ids and secrets',
    example: 'import customers.jsonl --dry-run',
    more: [
      'One JSON object a line, tenants before what is theirs (docs/api.md, "Moving in and out").',
      'What is there already as the line says is left alone: after any interruption run it again.',
      'Ends with 5 where lines are in conflict, with 1 where lines were refused; the others are in.',
    ].join('\n'),
  });
  bring
    .addOption(
      new Option('--on-conflict <what>', 'where something is there and differs')
        .choices(['fail', 'skip', 'update'])
        .default('fail'),
    )
    .option('--dry-run', 'judge every line, change nothing');
  cli.run<Import>(bring, async ({ args: [file = ''], options, client, output, around }) => {
    const lines = readImportFile(readText(file, around), file);
    const { stderr } = around;
    const passing = new PassingLine(stderr);
    const outcome = await sendImport(client, lines, {
      onConflict: options.onConflict,
      dryRun: options.dryRun === true,
      onProgress: (done) => passing.show(`${done} of ${lines.length} lines`),
    });
    passing.clear();
    for (const text of troubleTexts(outcome, file)) stderr.write(`${text}\n`);
    const { counts, troubles } = outcome;
    const said = lineResults
      .filter((result) => counts[result] > 0)
      .map((result) => `${counts[result]} ${result}`);
    output.done(`${options.dryRun === true ? 'would be: ' : ''}${said.join(', ')}`, {
      dry_run: options.dryRun === true,
      counts,
      problems: troubles.map(({ line, result, detail }) => ({
        line: line.number,
        id: line.id,
        result,
        detail,
      })),
    });
    if (counts.refused > 0) throw new EndedWith('failed');
    if (counts.conflict > 0) throw new EndedWith('conflict');
  });

  const take = cli.add(cli.program, 'export [file]', {
    summary: 'all tenants, keys (as hashes) and endpoints, with their ids and secrets',
    example: 'export everything.jsonl',
    more: 'The file holds signing secrets in clear. Without one, lines go to the standard output. It is noted in control who took it.',
  });
  cli.run(take, async ({ args: [file], client, output, around }) => {
    const response = await client.open('GET', '/export');
    if (file === undefined) {
      await passExport(response, (line) => around.stdout.write(line));
      return;
    }
    const counts = await saveExport(response, resolve(around.cwd, file));
    const { tenants, keys, webhooks } = counts;
    output.done(`${tenants} tenants, ${keys} keys, ${webhooks} endpoints in ${file}`, { file, ...counts });
  });

  const backup = cli.add(cli.program, 'backup <file>', {
    summary: 'the control topic as it stands, for restore',
    example: 'backup control.jsonl',
    more: 'Secrets in it stay sealed: keep the keys that open them apart from it (docs/deployment.md).',
  });
  cli.run(backup, async ({ args: [file = ''], client, output, around }) => {
    const records = await saveBackup(await client.open('GET', '/backup'), resolve(around.cwd, file));
    output.done(`${records} records in ${file}`, { file, records });
  });
}

function troubleTexts({ troubles }: ImportOutcome, file: string): readonly string[] {
  const shown = troubles.slice(0, SHOWN_TROUBLES).map(({ line, result, detail }) => {
    const what = cleanText(`${String(line.kind)} ${String(line.id)}`, 120);
    return `${file}:${line.number}: ${what}: ${result}: ${cleanText(detail)}`;
  });
  const more = troubles.length - shown.length;
  return more > 0 ? [...shown, `… and ${more} more`] : shown;
}
