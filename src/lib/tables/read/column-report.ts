/** What is told of the columns of a table that was read, whatever it was read from. */
import { storedAs } from '../../core/dataset/value-type.ts';
import type {
	ColumnReport,
	ImportWarning,
	PersonalFinding,
	WarningCode
} from '../../core/protocol/import.ts';
import type { Column } from '../column.ts';
import { findPersonal } from '../personal/personal.ts';
import type { CellLog } from './cell-log.ts';
import type { BuiltColumn } from './column-builder.ts';
import type { FinishedColumn } from './finish-column.ts';
import { companionNames } from './header.ts';
import type { MissingTexts } from './missing-texts.ts';
import type { ColumnPlan } from './table-plan.ts';
import type { RepairedCells } from './repaired-cells.ts';
import { shorten } from './text-source.ts';

/** A column of the file, once its cells are read. */
export interface ReadColumn {
	readonly plan: ColumnPlan;
	/** Both null for a column that is left out. */
	readonly built: BuiltColumn | null;
	readonly finished: FinishedColumn | null;
	/** Read from texts: how their numbers and dates are written matters. */
	readonly parsed: boolean;
	readonly missing: MissingTexts | null;
	/** See `TypedTable`. */
	readonly blanks: CellLog | null;
}

export interface ToldColumns {
	/** See `ReadTable`. */
	readonly columns: readonly (Column | null)[];
	readonly companions: readonly (Column | null)[];
	readonly counts: readonly (Int32Array | null)[];
	readonly reports: readonly ColumnReport[];
	/** Texts of columns of regions that name none. */
	readonly warnings: readonly ImportWarning[];
}

/**
 * @param add is told how many there are of each code
 * @param cells those that did not fit are among them
 * @param headed whether the columns' headers are names, and not the first row
 * @param today see `ImportChoices`
 */
export function tellColumns(
	read: readonly ReadColumn[],
	add: (code: WarningCode, count: number) => void,
	cells: RepairedCells,
	headed: boolean,
	today: number | undefined
): ToldColumns {
	const columns = read.map(({ plan, finished }): Column | null =>
		finished && plan.kept ? { ...finished.column, name: plan.name } : null
	);
	const names = companionNames(
		columns.map((column) => column?.name ?? null),
		read.map(({ finished }, index) => columns[index] !== null && !!finished?.companion)
	);
	const personal = findPersonal(
		read.map(({ plan, finished }, index) => {
			const column = columns[index];
			const name = (headed ? plan.header.trim() : '') || plan.name;
			return column ? { name, column, counts: finished?.counts ?? null } : null;
		}),
		today === undefined ? {} : { today }
	);
	const reports = read.map((one, index) =>
		reportColumn(one, cells, personal[index] ?? [], names[index] ?? null)
	);
	for (const { misfits } of reports) add('misfit', misfits);
	for (const { finished } of read) add('unmatched_region', finished?.unmatchedRows ?? 0);
	return {
		columns: columns.map((column, index) => (read[index]?.plan.dropped ? null : column)),
		companions: read.map(({ plan, finished }, index) => {
			const name = names[index];
			return finished?.companion && name && !plan.dropped ? { ...finished.companion, name } : null;
		}),
		counts: read.map(({ finished }) => finished?.counts ?? null),
		reports,
		warnings: reports.flatMap(({ unmatched, index }) =>
			unmatched.map(({ text }): ImportWarning => ({
				code: 'unmatched_region',
				line: null,
				row: null,
				column: index,
				text: shorten(text)
			}))
		)
	};
}

/** Cells that are looked at for the texts that did not fit, those texts, and how many are told. */
const LOOKED_AT = 200_000;
const MOST_DISTINCT = 10_000;
const TOLD = 20;

/** What did not fit in a column, most often first. */
function misfitTexts(
	column: number,
	log: CellLog,
	cells: RepairedCells
): { text: string; rows: number }[] {
	const rows = new Map<string, number>();
	for (let i = 0; i < Math.min(log.count, LOOKED_AT); i++) {
		const text = shorten(cells.text({ ...cells.place(log, i), row: log.row(i), column }).trim());
		const before = rows.get(text);
		if (before !== undefined || rows.size < MOST_DISTINCT) rows.set(text, (before ?? 0) + 1);
	}
	return [...rows]
		.map(([text, count]) => ({ text, rows: count }))
		.sort((a, b) => b.rows - a.rows)
		.slice(0, TOLD);
}

function reportColumn(
	{ plan, built, finished, parsed, missing, blanks }: ReadColumn,
	cells: RepairedCells,
	personal: readonly PersonalFinding[],
	companion: string | null
): ColumnReport {
	const stored = storedAs(plan.type);
	const said = finished?.said;
	const markers = (missing?.texts ?? []).flatMap((text, i) => {
		const rows = (built?.markers[i] ?? 0) + (finished?.markers[i] ?? 0);
		return rows ? [{ text, rows }] : [];
	});
	if (blanks) markers.push({ text: 'NaN', rows: blanks.total });
	return {
		index: plan.index,
		name: plan.name,
		header: plan.header,
		type: plan.type,
		kept: plan.kept && !plan.dropped,
		evidence: plan.evidence,
		missing: finished?.column.missing ?? 0,
		markers,
		misfits: (built?.misfits.total ?? 0) + (finished?.lost ?? 0),
		misfitTexts: built ? misfitTexts(plan.index, built.misfits.log, cells) : [],
		decimal: parsed && (stored === 'number' || stored === 'integer') ? plan.decimal : null,
		dateOrder: parsed && (stored === 'date' || stored === 'datetime') ? plan.dateOrder : null,
		spaced: built?.spaced ?? 0,
		distinct: finished?.counts?.length ?? null,
		personal,
		codes: said?.codes ?? [],
		zeros: said?.zeros ?? 0,
		mojibake: said?.mojibake ?? null,
		unmatched: said?.unmatched ?? [],
		renamed: said?.renamed ?? 0,
		spellings: said?.spellings ?? [],
		grouped: said?.grouped ?? 0,
		companion
	};
}
