/**
 * Whether readers of a report may move its controls, and what they are given for it. To explore is to run the report's
 * cells in the reader's browser on the rows themselves: it is allowed only where the rows of every dataset of the
 * notebook may be published. The server asks when a version is published, and again each time anything is read.
 */
import { conductOf } from '../analysis/conduct.ts';
import { filesRead, type ProvenanceCell } from './provenance.ts';
import type { KnownSource } from './publish.ts';
import { isExpired, type LineageSource } from './terms.ts';
import type { ReportBlock } from '../report/report.ts';

/** Why a report is not explored. */
export type ExploreRefusal =
	/** A cell reads a file whose name is not written in it. */
	| 'unreadable'
	/** A dataset is not there, is withdrawn, or is not one that the author may use. */
	| 'unknown'
	| 'expired'
	/** Its terms let nothing be published, or only aggregates. */
	| 'rows'
	/** Its terms name a smallest group, which a moved control could go under. */
	| 'group';

export interface ExploreBar {
	readonly reason: ExploreRefusal;
	/** Title of the dataset; '' where it is not known. */
	readonly dataset: string;
}

/** What stands in the way, the first found; null: each of these files may be read by anyone. */
export function barOf(
	files: Iterable<string>,
	known: KnownSource,
	today: string
): ExploreBar | null {
	for (const file of files) {
		const source = known(file);
		const reason = refusalOf(source, today);
		if (reason) return { reason, dataset: source?.title ?? '' };
	}
	return null;
}

function refusalOf(source: LineageSource | null, today: string): ExploreRefusal | null {
	if (!source) return 'unknown';
	if (isExpired(source.validUntil, today)) return 'expired';
	if (source.publication !== 'rows') return 'rows';
	return source.minimumGroup === undefined ? null : 'group';
}

/** A notebook's part in the exploration of a report that was made of it. Ids and files are in the order of the page. */
export interface ExploredCells {
	/** Blocks of the report that follow from one of its controls, and those that hold a control. */
	readonly live: readonly string[];
	/** The cells that these need, themselves included. */
	readonly needed: readonly string[];
	/** `slug@version.arrow`: the files that those cells name. */
	readonly files: readonly string[];
	/** The files that any cell of the notebook names. */
	readonly everyFile: readonly string[];
	/** Every cell says which files it reads. */
	readonly readable: boolean;
}

/** null: no result of the report follows from a control that it shows, so that there is nothing to explore. */
export function exploredCells(
	cells: readonly ProvenanceCell[],
	blocks: readonly ReportBlock[]
): ExploredCells | null {
	const shown = new Set(blocks.filter(({ outputs }) => outputs.length).map(({ cell }) => cell));
	const controls = blocks
		.filter(({ outputs }) => outputs.some(({ kind }) => kind === 'control'))
		.map(({ cell }) => cell);
	const definedBy = new Map<string, string[]>();
	for (const { id, defines } of cells)
		for (const name of defines) definedBy.set(name, [...(definedBy.get(name) ?? []), id]);
	const from = new Map<string, string[]>();
	const to = new Map<string, string[]>();
	for (const { id, uses } of cells) {
		const makers = uses.flatMap((name) => definedBy.get(name) ?? []);
		from.set(id, makers);
		for (const maker of makers) to.set(maker, [...(to.get(maker) ?? []), id]);
	}
	const after = reached(controls, to);
	const live = cells.filter(({ id }) => shown.has(id) && after.has(id)).map(({ id }) => id);
	if (!controls.length || live.every((id) => controls.includes(id))) return null;
	const before = reached(live, from);
	const needed = cells.filter(({ id }) => before.has(id));
	const files = new Set<string>();
	const everyFile = new Set<string>();
	let readable = true;
	for (const { id, mode, source } of cells) {
		const read = filesRead(source, conductOf(source, mode));
		readable &&= read.readable;
		for (const file of read.files) {
			everyFile.add(file);
			if (before.has(id)) files.add(file);
		}
	}
	return {
		live,
		needed: needed.map(({ id }) => id),
		files: [...files],
		everyFile: [...everyFile],
		readable
	};
}

/** What can be reached from these, themselves included. */
function reached(start: readonly string[], next: ReadonlyMap<string, readonly string[]>) {
	const met = new Set(start);
	for (const id of met) for (const other of next.get(id) ?? []) met.add(other);
	return met;
}
