/**
 * The sections of a notebook, by the headings of its texts: what is folded under one, what a presentation shows at once.
 * Headings are found by the line, without reading the whole Markdown: a page with many cells asks often.
 */
import { cellAnchor } from '$lib/core/report/report';

/** A cell as far as sections go. */
export interface SectionCell {
	readonly id: string;
	readonly mode: 'md' | 'js';
	readonly source: string;
}

export interface LineHeading {
	/** 1 to 6, as written. */
	readonly level: number;
	readonly text: string;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
/** Characters of a heading's line that are read: what comes after them is no part of its name. */
const MAX_HEADING = 300;
const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/;

/** Every heading of a text cell, in order (« # Titre »; underlined ones are not counted). */
export function lineHeadings({ mode, source }: Omit<SectionCell, 'id'>): LineHeading[] {
	if (mode !== 'md') return [];
	let fence: string | null = null;
	return source.split('\n').flatMap((line) => {
		const mark = FENCE.exec(line)?.[1];
		if (mark !== undefined) {
			if (fence === null) fence = mark;
			else if (mark.startsWith(fence)) fence = null;
			return [];
		}
		const found = fence === null ? HEADING.exec(line.slice(0, MAX_HEADING)) : null;
		if (!found) return [];
		return [{ level: found[1]?.length ?? 1, text: plain(found[2] ?? '') }];
	});
}

/** Without the marks that the text would lose. */
const plain = (text: string): string =>
	text
		.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
		.replace(/(\*\*|__|`|\*)(\S(?:.*?\S)?)\1/g, '$2')
		.trim();

/** The heading that a cell begins with: its first line that says anything. */
export function leadingHeading(cell: Omit<SectionCell, 'id'>): LineHeading | null {
	const first = cell.source.split('\n').find((line) => line.trim() !== '');
	return first === undefined ? null : (lineHeadings({ mode: cell.mode, source: first })[0] ?? null);
}

/** The ids of the cells under the heading that the cell at `index` begins with; none where it begins with none. */
export function cellsUnder(cells: readonly SectionCell[], index: number): string[] {
	const cell = cells[index];
	const heading = cell && leadingHeading(cell);
	if (!heading) return [];
	const under: string[] = [];
	for (const next of cells.slice(index + 1)) {
		const other = leadingHeading(next);
		if (other && other.level <= heading.level) break;
		under.push(next.id);
	}
	return under;
}

/** The cells that folded headings hold out of sight. */
export function hiddenCells(
	cells: readonly SectionCell[],
	isFolded: (id: string) => boolean
): ReadonlySet<string> {
	const hidden = new Set<string>();
	cells.forEach((cell, index) => {
		if (!hidden.has(cell.id) && isFolded(cell.id))
			for (const id of cellsUnder(cells, index)) hidden.add(id);
	});
	return hidden;
}

/** The headings that must be unfolded for the cell to be seen. */
export function foldedAbove(
	cells: readonly SectionCell[],
	id: string,
	isFolded: (id: string) => boolean
): string[] {
	return cells.flatMap((cell, index) =>
		isFolded(cell.id) && cellsUnder(cells, index).includes(id) ? [cell.id] : []
	);
}

/** Parts of the notebook, each from a heading of the first two levels (or the top) to before the next. */
export function parts<T extends SectionCell>(cells: readonly T[]): T[][] {
	const all: T[][] = [];
	for (const cell of cells) {
		const heading = leadingHeading(cell);
		if (all.length === 0 || (heading && heading.level <= 2)) all.push([cell]);
		else all.at(-1)?.push(cell);
	}
	return all;
}

/** The cell that an address within the page leads to, or to a heading of; null where it is to none of them. */
export function cellOfHash<T extends Pick<SectionCell, 'id'>>(
	cells: readonly T[],
	hash: string
): T | null {
	return (
		cells.find(({ id }) => {
			const anchor = `#${cellAnchor(id)}`;
			return (
				hash === anchor ||
				(hash.startsWith(`${anchor}-`) && /^\d+$/.test(hash.slice(anchor.length + 1)))
			);
		}) ?? null
	);
}
