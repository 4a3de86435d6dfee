/** What reads a source while it is typed: colours, indentation, brackets that match. Loaded once the editor takes keys. */
import { javascriptLanguage } from '@codemirror/lang-javascript';
import {
	bracketMatching,
	defineLanguageFacet,
	indentOnInput,
	Language,
	syntaxHighlighting
} from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import type { CellMode } from '$lib/core/notebook/notebook';
import { highlighter } from './syntax.ts';

export async function grammarOf(mode: CellMode): Promise<Extension> {
	if (mode === 'js')
		return [
			javascriptLanguage,
			bracketMatching(),
			indentOnInput(),
			syntaxHighlighting(highlighter)
		];
	const { markdownParser } = await import('./markdown.ts');
	return [
		new Language(defineLanguageFacet(), markdownParser, [], 'markdown'),
		syntaxHighlighting(highlighter)
	];
}
