/**
 * What each cell of a notebook can come from, read from its source alone: a floor that the server works out from
 * the frozen version, so that a browser cannot strip a dataset from what it publishes. Nothing is run: a cell reaches
 * the files that it names and those that the cells whose names it uses reach.
 */

import type { CellMode } from '../notebook/notebook.ts';

/** A cell as the floor needs it; `uses` and `defines` are those of core/analysis. */
export interface ProvenanceCell {
	readonly id: string;
	readonly mode: CellMode;
	readonly source: string;
	readonly defines: readonly string[];
	readonly uses: readonly string[];
}

export interface Provenance {
	/** For each cell, the files that it can come from. */
	readonly reach: ReadonlyMap<string, readonly Reached[]>;
	/** Cells that call `FileAttachment` otherwise than with a text in quotes: what they read cannot be told. */
	readonly unreadable: readonly string[];
	/** For a cell, whether its own source summarises rows: what a lineage says is held against it. */
	readonly summarises: ReadonlyMap<string, boolean>;
}

export interface Reached {
	/** `slug@version.arrow`. */
	readonly file: string;
	/** Whether each way from the file to the cell goes through a cell that summarises rows, itself included. */
	readonly summarised: boolean;
	/**
	 * Whether each way goes through another cell that does nothing but summarise (it defines one name). Asked of what
	 * has no lineage, where a cell that summarises could as well have let rows through beside.
	 */
	readonly summarisedBefore: boolean;
}

/** `FileAttachment("billetterie@3.arrow")`, with any quotes and white space. */
const NAMED = /\bFileAttachment\s*\(\s*(?:"([^"\\\n]*)"|'([^'\\\n]*)'|`([^`\\$]*)`)\s*\)/g;
const MENTION = /\bFileAttachment\b/g;
/** A file's name anywhere in a source, though it were not a call: kept in a name, listed, commented. */
const FILE_NAME = /[a-z0-9][a-z0-9-]*@\d+\.arrow/g;
/** A call that makes one row of many. `groupby` alone does not: each row is still there. */
const SUMMARY = /\.\s*(?:rollup|count)\s*\(/;
/** Aggregates that keep the rows inside one cell of the table. */
const HOARDS =
	/\b(?:array_agg|array_agg_distinct|object_agg|map_agg|entries_agg)\b|\.\s*values\s*\(/;
/** Ways for a value to pass from cell to cell unseen: then every cell may come from any file. */
const UNSEEN = /\b(?:globalThis|self|window|eval|Function|importScripts)\b/;

export function provenanceOf(cells: readonly ProvenanceCell[]): Provenance {
	const unreadable: string[] = [];
	const summarises = new Map<string, boolean>();
	const own = new Map<string, Set<string>>();
	const definedBy = new Map<string, ProvenanceCell[]>();
	for (const cell of cells) {
		const { files, readable } = filesNamed(cell.source);
		own.set(cell.id, files);
		if (!readable) unreadable.push(cell.id);
		summarises.set(cell.id, SUMMARY.test(cell.source) && !HOARDS.test(cell.source));
		for (const name of cell.defines) definedBy.set(name, [...(definedBy.get(name) ?? []), cell]);
	}
	const everything = new Set([...own.values()].flatMap((files) => [...files]));
	const unseen = cells.some(passesUnseen);

	/** The files that a cell reaches, each with whether every way to it passes through a cell that `sums`. */
	const reachOf = (
		start: ProvenanceCell,
		sums: (cell: ProvenanceCell) => boolean
	): Map<string, boolean> => {
		const found = new Map<string, boolean>();
		// Walked in two moods, summarised on the way and not: a cell is met at most once in each.
		const met = new Set<string>();
		const walk = (at: ProvenanceCell, before: boolean): void => {
			const summed = before || sums(at);
			const key = `${at.id}:${String(summed)}`;
			if (met.has(key)) return;
			met.add(key);
			for (const file of own.get(at.id) ?? []) found.set(file, summed && (found.get(file) ?? true));
			for (const name of at.uses) for (const from of definedBy.get(name) ?? []) walk(from, summed);
		};
		walk(start, false);
		if (unseen) for (const file of everything) found.set(file, false);
		return found;
	};

	const reach = new Map<string, readonly Reached[]>();
	for (const cell of cells) {
		const sums = (at: ProvenanceCell): boolean => summarises.get(at.id) ?? false;
		const before = reachOf(cell, (at) => at !== cell && at.defines.length <= 1 && sums(at));
		reach.set(
			cell.id,
			[...reachOf(cell, sums)].map(([file, summarised]) => ({
				file,
				summarised,
				summarisedBefore: before.get(file) ?? false
			}))
		);
	}
	return { reach, unreadable, summarises };
}

/** A text runs only what its `${…}` hold: a page about windows smuggles nothing. */
const passesUnseen = ({ mode, source }: ProvenanceCell): boolean =>
	(mode === 'js' || source.includes('${')) && UNSEEN.test(source);

/** The files that a source names, and whether each of its `FileAttachment`s could be read. */
export function filesNamed(source: string): { files: Set<string>; readable: boolean } {
	const files = new Set<string>(source.match(FILE_NAME) ?? []);
	let named = 0;
	for (const match of source.matchAll(NAMED)) {
		named++;
		files.add(match[1] ?? match[2] ?? match[3] ?? '');
	}
	return { files, readable: named === (source.match(MENTION) ?? []).length };
}
