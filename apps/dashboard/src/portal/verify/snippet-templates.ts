import { extensions, type Language, type SnippetForm } from './snippet.ts';

const files = import.meta.glob<string>('./snippets/*', { query: '?raw', import: 'default', eager: true });

/** The program of a form, with its places still open. */
export function templateOf(form: SnippetForm, language: Language): string {
  return files[`./snippets/${form}.${extensions[language]}`] ?? '';
}
