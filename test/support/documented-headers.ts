import { readFile } from 'node:fs/promises';

/** A row of docs/headers.md. */
export interface DocumentedHeader {
  readonly name: string;
  readonly meaning: string;
  readonly type: string;
}

/** The headers that the tables of these sections of docs/headers.md name. Throws where a section has no table. */
export async function documentedHeaders(...sections: readonly string[]): Promise<DocumentedHeader[]> {
  const page = await readFile('docs/headers.md', 'utf8');
  return sections.flatMap((section) => {
    const [, text = ''] = page.split(`\n## ${section}\n`);
    const [body = ''] = text.split('\n## ');
    const rows = body.split('\n').filter((line) => line.startsWith('| `'));
    if (rows.length === 0) throw new Error(`docs/headers.md has no table under "${section}"`);
    return rows.flatMap((row) => {
      const [names = '', meaning = '', type = ''] = row.slice(2).split(' | ');
      return [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => ({ name, meaning, type }));
    });
  });
}
