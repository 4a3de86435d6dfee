/**
 * What each cell of a notebook can come from, read from its source alone: a floor that the server works out from
 * the frozen version, so that a browser cannot strip a dataset from what it publishes. Nothing is run: a cell reaches
 * the files that it names and those that the names it uses reach, and names are followed only while every cell of the
 * notebook keeps to what can be followed.
 */

import { conductOf, type Conduct, type Part } from '../analysis/conduct.ts';
import { fileNamesIn } from '../dataset/file-name.ts';
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
	/**
	 * Cells that could pass a value on otherwise than by their names (a change to what another cell made, a call that
	 * cannot be followed): while there is one, each cell may come from every file, as it is.
	 */
	readonly untraceable: readonly string[];
	/** For a cell, whether its own source summarises rows: what a lineage says is held against it. */
	readonly summarises: ReadonlyMap<string, boolean>;
}

export interface Reached {
	/** `slug@version.arrow`. */
	readonly file: string;
	/** Whether each way from the file to the cell goes under a summary of rows, its own included. */
	readonly summarised: boolean;
	/**
	 * Whether each way goes under a summary in another cell. Asked of what has no lineage, where a cell that summarises
	 * could as well have let rows through beside.
	 */
	readonly summarisedBefore: boolean;
}

/** `FileAttachment("billetterie@3.arrow")`, with any quotes and white space. */
const NAMED = /\bFileAttachment\s*\(\s*(?:"([^"\\\n]*)"|'([^'\\\n]*)'|`([^`\\$]*)`)\s*\)/g;
const MENTION = /\bFileAttachment\b/g;
/** Names that are followed for one notebook; past them, a cell may come from every file, as it is. */
const MAX_STEPS = 1_000_000;
/** What a cell is made of, where its source does not parse: all that it uses, none of it summarised. */
const opaque = (cell: ProvenanceCell): Part => ({
	summed: new Set(),
	bare: new Set(),
	loose: new Set(cell.uses)
});

export function provenanceOf(cells: readonly ProvenanceCell[]): Provenance {
	const unreadable: string[] = [];
	const summarises = new Map<string, boolean>();
	const own = new Map<string, ReadonlySet<string>>();
	const conducts = new Map<string, Conduct | null>();
	const definedBy = new Map<string, ProvenanceCell[]>();
	const functions = new Set<string>();
	for (const cell of cells) {
		const conduct = conductOf(cell.source, cell.mode);
		conducts.set(cell.id, conduct);
		const { files, readable } = filesRead(cell.source, conduct);
		own.set(cell.id, files);
		if (!readable) unreadable.push(cell.id);
		summarises.set(cell.id, conduct?.summarises ?? false);
		for (const name of cell.defines) definedBy.set(name, [...(definedBy.get(name) ?? []), cell]);
		for (const name of conduct?.functions ?? []) functions.add(name);
	}
	const everything = new Set([...own.values()].flatMap((files) => [...files]));
	/** A function of another cell is followed where that cell writes it out, and no other cell says otherwise. */
	const isFollowed = (name: string): boolean =>
		functions.has(name) && definedBy.get(name)?.length === 1;
	const untraceable = cells
		.filter(({ id }) => {
			const conduct = conducts.get(id);
			return conduct && (conduct.leaks || ![...conduct.calls].every(isFollowed));
		})
		.map(({ id }) => id);

	let steps = MAX_STEPS;
	/** The files that a cell shows, each with whether every way to it passes under a summary in a cell that `counts`. */
	const reachOf = (
		start: ProvenanceCell,
		counts: (cell: ProvenanceCell) => boolean
	): Map<string, boolean> => {
		const found = new Map<string, boolean>();
		// Walked in two moods, summarised on the way and not: a part is met at most once in each.
		const met = new Set<string>();
		const walk = (at: ProvenanceCell, name: string | null, before: boolean): void => {
			if (--steps < 0) throw new RangeError('too much to be followed');
			const key = JSON.stringify([at.id, name, before]);
			if (met.has(key)) return;
			met.add(key);
			const conduct = conducts.get(at.id) ?? null;
			const part =
				(name === null ? null : conduct?.parts.get(name)) ?? conduct?.shown ?? opaque(at);
			// To summarise a table whose rows hold many others each summarises nothing.
			const kept = before && conduct?.packs !== true;
			const summed = kept || (conduct?.packs !== true && counts(at));
			const follow = (used: string, mood: (cell: ProvenanceCell) => boolean): void => {
				// A name of the cell itself hides those of others.
				const from = at.defines.includes(used) ? [at] : (definedBy.get(used) ?? []);
				for (const cell of from) if (cell !== at || used !== name) walk(cell, used, mood(cell));
			};
			/** What a person chose of a control is one setting, wherever it stands. */
			const isChosen = (used: string, cell: ProvenanceCell): boolean =>
				conducts.get(cell.id)?.controls.has(used) === true;
			const take = (mood: boolean): void => {
				for (const file of own.get(at.id) ?? []) found.set(file, mood && (found.get(file) ?? true));
			};
			for (const used of part.summed) follow(used, () => summed);
			for (const used of part.bare) follow(used, () => kept);
			for (const used of part.loose) follow(used, (cell) => kept && isChosen(used, cell));
			if (part.summed.has('FileAttachment')) take(summed);
			else if (part.bare.has('FileAttachment')) take(kept);
			// A file that is only written, and never read by a call, belongs to all of its cell.
			else if (part.loose.has('FileAttachment') || !conduct?.files.size) take(false);
		};
		let followed = true;
		try {
			walk(start, null, false);
		} catch (error) {
			// Names of names, past what a server has the time or the stack to follow.
			if (!(error instanceof RangeError)) throw error;
			followed = false;
		}
		if (untraceable.length || !followed) for (const file of everything) found.set(file, false);
		return found;
	};

	const reach = new Map<string, readonly Reached[]>();
	for (const cell of cells) {
		const before = reachOf(cell, (at) => at !== cell);
		reach.set(
			cell.id,
			[...reachOf(cell, () => true)].map(([file, summarised]) => ({
				file,
				summarised,
				summarisedBefore: before.get(file) ?? false
			}))
		);
	}
	return { reach, unreadable, untraceable, summarises };
}

/** The files that a cell reads or names, and whether each that it reads is told. */
export function filesRead(
	source: string,
	conduct: Conduct | null
): { files: Set<string>; readable: boolean } {
	const { files, readable } = filesNamed(source);
	for (const file of conduct?.files ?? []) files.add(file);
	return { files, readable: readable && conduct?.readable !== false };
}

/** The files that a source names, and whether each of its `FileAttachment`s could be read. */
export function filesNamed(source: string): { files: Set<string>; readable: boolean } {
	const files = new Set<string>();
	// Though it were not in a call: kept in a name, listed, commented.
	for (const name of fileNamesIn(source)) files.add(name);
	let named = 0;
	for (const match of source.matchAll(NAMED)) {
		named++;
		files.add(match[1] ?? match[2] ?? match[3] ?? '');
	}
	return { files, readable: named === (source.match(MENTION) ?? []).length };
}
