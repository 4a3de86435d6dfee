/**
 * Makes a report out of a notebook that has run: keeps outputs as they stand, in the order of the cells, with the
 * author's choices. Pure: the page fetches the rows of tables first and hands them in.
 */
import { withPointTitles } from '../chart/point-titles.ts';
import type { Licence, LineageSource } from '../governance/terms.ts';
import type { CellKind } from '../notebook/kind.ts';
import type { Lang } from '../notebook/notebook.ts';
import type { Output, Scalar, TableWindow } from '../protocol/messages.ts';
import { LIMITS, type ControlDescription, type ControlValue } from '../protocol/messages.ts';
import {
	REPORT_LIMITS,
	REPORT_TABLE_ROWS,
	type ReportBlock,
	type ReportContent,
	type ReportOutput
} from './report.ts';
import { settingOf } from './setting.ts';
import { valueText } from './value-text.ts';

/** What a report may hold of a cell's outputs: what its author displays, not the tables that it only defines. */
export const displayed = (outputs: readonly Output[]): Output[] =>
	outputs.filter((output) => output.kind !== 'table' || output.named === null);

/** A cell as it stands on the page; `outputs` are those `displayed`. */
export interface RunCell {
	readonly id: string;
	readonly kind: CellKind;
	readonly source: string;
	readonly outputs: readonly Output[];
}

/** What the author decides. Outputs are named by `outputKey`. */
export interface ReportChoices {
	readonly lang: Lang;
	readonly title: string;
	readonly summary: string;
	readonly authors: readonly string[];
	readonly licence: Licence;
	/** Cells whose source is shown. */
	readonly shown: ReadonlySet<string>;
	/** Outputs left out. */
	readonly omitted: ReadonlySet<string>;
	/** Alternative text of charts. */
	readonly alts: ReadonlyMap<string, string>;
	/** Captions of tables and values. */
	readonly captions: ReadonlyMap<string, string>;
}

/** What lies outside the outputs themselves. */
export interface ReportParts {
	/** First rows of each table output, by the table's handle, in the order of its columns. */
	readonly windows: ReadonlyMap<string, TableWindow>;
	/** Present value of each control; one that is not there stands at its description's value. */
	readonly controls: ReadonlyMap<string, ControlValue>;
}

/** Names an output of a cell by its place. */
export const outputKey = (cell: string, index: number): string => `${cell}:${index}`;

export function freezeReport(
	cells: readonly RunCell[],
	parts: ReportParts,
	choices: ReportChoices
): ReportContent {
	const blocks: ReportBlock[] = [];
	for (const cell of cells) {
		const outputs = cell.outputs.flatMap((output, index) => {
			const key = outputKey(cell.id, index);
			if (choices.omitted.has(key)) return [];
			const frozen = freezeOutput(output, key, parts, choices);
			return frozen ? [frozen] : [];
		});
		const source = choices.shown.has(cell.id) ? cell.source : null;
		if (outputs.length || source !== null)
			blocks.push({ cell: cell.id, kind: cell.kind, source, outputs });
	}
	return {
		lang: choices.lang,
		title: choices.title.trim(),
		summary: choices.summary.trim(),
		authors: choices.authors.map((author) => author.trim()).filter(Boolean),
		licence: choices.licence,
		blocks,
		sources: sourcesOf(blocks)
	};
}

function freezeOutput(
	output: Output,
	key: string,
	parts: ReportParts,
	{ lang, alts, captions }: ReportChoices
): ReportOutput | null {
	const caption = (captions.get(key) ?? '').trim().slice(0, REPORT_LIMITS.captionChars);
	const groups = 'groups' in output && output.groups ? { groups: output.groups } : {};
	switch (output.kind) {
		case 'text':
			return output.markdown.trim() ? { kind: 'text', markdown: output.markdown, ...groups } : null;
		case 'picture': {
			const { title, caption: said, data, description, tips } = output.picture;
			const tree = withPointTitles(output.picture.tree, tips, lang);
			const alt = (alts.get(key) ?? description).trim();
			const { lineage } = output;
			return { kind: 'picture', tree, title, caption: said, alt, data, lineage, ...groups };
		}
		case 'table': {
			const columns = output.columns.slice(0, REPORT_LIMITS.columns);
			const rows = rowsOf(parts.windows.get(output.table), columns.length);
			const { rows: total, lineage } = output;
			const columnsTotal = output.columns.length;
			const cut = columnsTotal > columns.length ? { columnsTotal } : {};
			return { kind: 'table', caption, columns, rows, total, ...cut, lineage, ...groups };
		}
		case 'value': {
			const text = valueText(output.value, lang).slice(0, LIMITS.textChars);
			return text ? { kind: 'value', caption, text, lineage: output.lineage, ...groups } : null;
		}
		case 'control':
			return freezeControl(output.description, parts.controls.get(output.control));
	}
}

function freezeControl(
	description: ControlDescription,
	value: ControlValue | undefined
): ReportOutput | null {
	const setting = settingOf(description, value);
	return setting && { kind: 'control', label: description.label, setting };
}

/** Columns of a window → the rows that a report may show. */
function rowsOf(window: TableWindow | undefined, columns: number): Scalar[][] {
	if (!window) return [];
	const count = Math.min(REPORT_TABLE_ROWS, window.columns[0]?.length ?? 0);
	const rows: Scalar[][] = [];
	for (let row = 0; row < count; row++) {
		const cells: Scalar[] = [];
		for (let column = 0; column < columns; column++) {
			const cell = window.columns[column]?.[row] ?? null;
			cells.push(typeof cell === 'string' ? cell.slice(0, REPORT_LIMITS.cellChars) : cell);
		}
		rows.push(cells);
	}
	return rows;
}

/** Every dataset version that an output of these blocks came from, each once, in the order met. */
export function sourcesOf(blocks: readonly ReportBlock[]): LineageSource[] {
	const met = new Map<string, LineageSource>();
	for (const block of blocks)
		for (const output of block.outputs)
			for (const source of lineageOf(output)?.sources ?? [])
				if (!met.has(`${source.slug}@${source.version}`))
					met.set(`${source.slug}@${source.version}`, source);
	return [...met.values()];
}

export const lineageOf = (output: ReportOutput) => ('lineage' in output ? output.lineage : null);
