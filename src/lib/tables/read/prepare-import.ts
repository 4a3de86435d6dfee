/** What leaves the machine of a table that was read: the columns kept, without what was to be dropped or generalised. */
import { columnNameProblem } from '../../core/dataset/column-name.ts';
import { InvalidError } from '../../core/errors.ts';
import type { ImportChoices, ImportNotes } from '../../core/protocol/import.ts';
import type { Column } from '../column.ts';
import { textColumn } from '../column-of.ts';
import { applyPersonal } from '../personal/apply-personal.ts';
import { latestDay } from '../personal/births.ts';
import { keyFingerprint } from '../personal/pseudonym.ts';
import type { ReadTable } from './read-table.ts';

/** What the page has for what was decided, and the recipe has not. */
export interface KeepOptions {
	/** Of the organisation's pseudonyms. */
	readonly key?: Uint8Array | null;
	/** To be looked at, not stored: without a key, pseudonyms are left blank. */
	readonly preview?: boolean;
}

/**
 * The columns as they will be stored, those that choices add beside their own; also what a preview shows.
 * @throws InvalidError `pseudonym_key_missing` (column), `personal_day_missing` (column)
 */
export function columnsToKeep(
	table: ReadTable,
	choices: ImportChoices,
	options: KeepOptions = {}
): Column[] {
	return table.columns.flatMap((_, index) => {
		const own = columnToKeep(table, choices, index, options);
		const companion = table.companions[index];
		return own ? (companion ? [own, companion] : [own]) : [];
	});
}

/** One column as it will be stored, or null when it is left out. @param index its position in the file */
export function columnToKeep(
	{ columns, report }: ReadTable,
	choices: ImportChoices,
	index: number,
	{ key, preview }: KeepOptions = {}
): Column | null {
	const column = columns[index];
	if (!column) return null;
	const findings = report.columns[index]?.personal ?? [];
	const choice = choices.columns?.[index]?.personal ?? null;
	if (!choice || findings.length === 0) return column;
	if (choice.action === 'pseudonymise' && !key && preview)
		return textColumn(column.name, new Array<null>(column.length).fill(null));
	const born = (at: number): boolean =>
		report.columns[at]?.personal.some(({ kind }) => kind === 'birth_date') ?? false;
	const today = choices.today ?? latestDay(columns.filter((_, at) => !born(at)));
	const { masks } = choices;
	return applyPersonal(column, choice, findings, { key: key ?? undefined, today, masks });
}

/**
 * Whether everything was decided.
 * @throws InvalidError `personal_reason_required` (column) while personal information is left undecided,
 *   `nothing_to_upload`, or what is wrong with a column's name
 */
export function requireDecided({ columns, report }: ReadTable, choices: ImportChoices): void {
	if (!columns.some((column) => column)) throw new InvalidError('nothing_to_upload');
	const names = columns.map((column) => column?.name ?? null);
	columns.forEach((column, index) => {
		const problem = columnNameProblem(names, index);
		if (problem) throw new InvalidError(problem);
		const findings = report.columns[index]?.personal ?? [];
		if (!column || findings.length === 0) return;
		const choice = choices.columns?.[index]?.personal;
		const undecided =
			!choice ||
			findings.some((finding) => !finding.actions.includes(choice.action)) ||
			(choice.action === 'keep' && choice.reason.trim() === '');
		if (undecided) throw new InvalidError('personal_reason_required', { column: column.name });
	});
}

/** What the server keeps of how the table was made: no value of the file is in it. */
export function notesOf(
	{ report }: ReadTable,
	choices: ImportChoices,
	key: Uint8Array | null = null
): ImportNotes {
	const keyed = choices.columns?.some((choice) => choice?.personal?.action === 'pseudonymise');
	return {
		...(keyed && key ? { keyFingerprint: keyFingerprint(key) } : {}),
		encoding: report.encoding.value,
		separator: report.separator.value,
		decimal: report.decimal.value,
		header: report.header.value,
		counts: report.counts,
		columns: report.columns.map((column) => {
			const choice = choices.columns?.[column.index]?.personal;
			return {
				name: column.name,
				type: column.type,
				kept: column.kept,
				misfits: column.misfits,
				personal: choice
					? column.personal.map(({ kind }) => ({
							kind,
							action: choice.action,
							reason: choice.action === 'keep' ? choice.reason.trim() : ''
						}))
					: []
			};
		})
	};
}
