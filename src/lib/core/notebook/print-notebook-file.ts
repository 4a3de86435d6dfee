/**
 * Writes a notebook as an Observable Notebooks 2.0 file: what notebook-kit's `serialize` writes in a browser, with
 * two attributes more, which other tools leave alone: the notebook's language, and each cell's own id.
 */
import { analyseCell } from '../analysis/cell.ts';
import { toCell, type Cell, type Notebook } from './notebook.ts';
import { MARKDOWN_TYPE, OP_SOURCE, SCRIPT_TYPE, scriptText } from './notebook-file.ts';

export function printNotebookFile({ title, lang, cells }: Notebook): string {
	const written = wantsOp(cells)
		? [...cells, toCell({ id: String(cells.length + 1), source: OP_SOURCE, pinned: false })]
		: cells;
	return `<!doctype html>
<notebook theme="air" lang="${lang}">
  <title>${escapeText(title)}</title>
${written.map((cell) => `  ${printCell(cell)}\n`).join('')}</notebook>
`;
}

/** Whether a cell uses Arquero's `op`, which is a built-in here and not in Observable. */
function wantsOp(cells: readonly Cell[]): boolean {
	const all = cells.map(({ source, mode }) => analyseCell(source, mode));
	return (
		all.some(({ inputs }) => inputs.includes('op')) &&
		!all.some(({ defines }) => defines.includes('op'))
	);
}

function printCell({ id, mode, source, pinned }: Cell): string {
	const type = mode === 'md' ? MARKDOWN_TYPE : SCRIPT_TYPE;
	const attributes = `id="${escapeAttribute(id)}" type="${type}"${pinned ? ' pinned=""' : ''}`;
	return `<script ${attributes}>${scriptText(source)}</script>`;
}

/** As HTML serialises a text. */
const escapeText = (text: string): string =>
	text
		.replace(/&/g, '&amp;')
		.replace(/\u00a0/g, '&nbsp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;');

const escapeAttribute = (text: string): string => escapeText(text).replace(/"/g, '&quot;');
