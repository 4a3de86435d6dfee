/**
 * Reads an Observable Notebooks 2.0 file, without a DOM: the server and a browser read the same thing. The file is
 * another person's: whatever it holds ends as the text of cells, as warnings that name what was left out, or as an
 * error that says what is wrong.
 */
import { InvalidError } from '../errors.ts';
import type { Cell, Lang, Notebook } from './notebook.ts';
import {
	FOREIGN_TYPES,
	MARKDOWN_TYPE,
	MAX_NOTEBOOK_FILE,
	OP_SOURCE,
	SCRIPT_TYPE,
	sourceOfScript
} from './notebook-file.ts';
import { eachElement, type FileElement } from './notebook-markup.ts';

/** What was read otherwise than it was written; the sentence is the message `error_<code>`. */
export interface FileWarning {
	readonly code:
		| 'notebook_file_cell_type'
		| 'notebook_file_unknown_type'
		| 'notebook_file_hidden'
		| 'notebook_file_left_out';
	readonly details: Readonly<Record<string, string | number>>;
}

export interface ReadNotebook {
	readonly notebook: Notebook;
	readonly warnings: readonly FileWarning[];
}

export interface ReadingDefaults {
	/** The language of a notebook whose file says none: other tools write none. */
	readonly lang: Lang;
	/** The title of a notebook that has none. */
	readonly untitled: string;
}

/** Beyond these, warnings say nothing more. */
const MAX_WARNINGS = 50;

/** Throws an `InvalidError` for what is no notebook file. */
export function parseNotebookFile(html: string, { lang, untitled }: ReadingDefaults): ReadNotebook {
	if (html.length > MAX_NOTEBOOK_FILE)
		throw new InvalidError('notebook_file_too_large', { megabytes: MAX_NOTEBOOK_FILE / 1e6 });
	const warnings: FileWarning[] = [];
	const warn = (code: FileWarning['code'], details: FileWarning['details']): void => {
		if (warnings.length < MAX_WARNINGS) warnings.push({ code, details });
	};
	const leftOut = new Set<string>();
	const scripts: FileElement[] = [];
	let title: string | null = null;
	let found: FileElement | null = null;
	eachElement(html, (element) => {
		const { name, inNotebook, line } = element;
		if (name === 'notebook') found ??= element;
		else if (name === 'title') title ??= onOneLine(element.text);
		else if (name === 'script' && inNotebook) scripts.push(element);
		else if (!FRAME.has(name) && !leftOut.has(name)) {
			leftOut.add(name);
			warn('notebook_file_left_out', { element: `<${name}>`, line });
		}
	});
	// The callback assigns it, which the compiler does not see.
	const root = found as FileElement | null;
	if (!root) throw new InvalidError('notebook_file_not_notebook');
	const ids = idsOf(scripts);
	const cells = scripts.map((script, index) => readCell(script, ids[index] ?? '', index + 1, warn));
	const said = root.attributes.get('lang')?.toLowerCase().slice(0, 2);
	return {
		notebook: {
			title: title ?? untitled,
			lang: said === 'fr' || said === 'en' ? said : lang,
			cells: cells.filter(({ source }) => source !== OP_SOURCE)
		},
		warnings
	};
}

/** Lines put together, each break and the blanks around it as one space. */
const onOneLine = (text: string): string =>
	text.replace(/\s+/g, (blank) => (/[\r\n]/.test(blank) ? ' ' : blank));

/** Elements around a notebook that hold nothing of it. */
const FRAME: ReadonlySet<string> = new Set(['html', 'head', 'body', 'meta']);

/** Types that a browser, and notebook-kit, read as JavaScript without more ado. */
const SCRIPT_TYPES: ReadonlySet<string> = new Set([
	'',
	SCRIPT_TYPE,
	'text/javascript',
	'application/javascript'
]);

function readCell(
	{ attributes, text }: FileElement,
	id: string,
	cell: number,
	warn: (code: FileWarning['code'], details: FileWarning['details']) => void
): Cell {
	const type = attributes.get('type')?.trim() ?? '';
	const source = sourceOfScript(text);
	const pinned = attributes.has('pinned');
	if (attributes.has('hidden')) warn('notebook_file_hidden', { cell });
	if (type === MARKDOWN_TYPE) return { id, mode: 'md', source, pinned };
	const fence = FOREIGN_TYPES.get(type);
	if (fence !== undefined) {
		warn('notebook_file_cell_type', { cell, type });
		return { id, mode: 'md', source: fenced(fence, source), pinned: false };
	}
	if (!SCRIPT_TYPES.has(type)) warn('notebook_file_unknown_type', { cell, type: excerpt(type) });
	return { id, mode: 'js', source, pinned };
}

const excerpt = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

/** A source that is not run, as a Markdown cell that shows it as it is. */
function fenced(language: string, source: string): string {
	let longest = 2;
	for (const [ticks] of source.matchAll(/`+/g)) longest = Math.max(longest, ticks.length);
	const fence = '`'.repeat(longest + 1);
	return `${fence}${language}\n${source.replace(/\$\{/g, '$\\{')}\n${fence}`;
}

/** Each cell's own id where it can stand in an address and is the first to have it; else the next free number. */
function idsOf(scripts: readonly FileElement[]): string[] {
	const given = scripts.map(({ attributes }) => attributes.get('id') ?? '');
	const taken = new Set<string>();
	const own = given.map((id) => {
		if (!/^[a-z0-9-]{1,40}$/.test(id) || taken.has(id)) return null;
		taken.add(id);
		return id;
	});
	let number = 0;
	return own.map((id) => {
		if (id !== null) return id;
		do number += 1;
		while (taken.has(String(number)));
		return String(number);
	});
}
