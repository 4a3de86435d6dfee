/**
 * Looks for personal information in a table, before anything is sent. The texts say what has the shape of it
 * (`column-scan.ts`); the whole table says what it is (`table-context.ts`): headers, the columns beside, and what share
 * of a column has the shape.
 */
import type { PersonalFinding } from '../../core/protocol/import.ts';
import { birthFinding, latestDay } from './births.ts';
import { scanColumn } from './column-scan.ts';
import { contactFinding } from './contacts.ts';
import { actionsFor } from './finding.ts';
import { headerSays } from './header-words.ts';
import { nameFinding } from './names.ts';
import { numberFinding } from './numbers.ts';
import { forgetFields } from './scan-fields.ts';
import { forgetWords } from './scan-names.ts';
import { publicNames, TableContext, type Looked, type PersonalColumn } from './table-context.ts';

export interface FindOptions {
	/** Days since 1970-01-01 of the day of the import: what ages are reckoned at. Without it, the table's latest date. */
	readonly today?: number;
}

/** Findings of each column, in its order; null columns (left out) have none. */
export function findPersonal(
	columns: readonly (PersonalColumn | null)[],
	options: FindOptions = {}
): PersonalFinding[][] {
	const headers = columns.map((column) => headerSays(column?.name ?? ''));
	const isPublic = publicNames(columns, headers);
	const looked = columns.map((column, index): Looked | null => {
		const says = headers[index];
		return column && says
			? {
					...column,
					says,
					scan: scanColumn(column.column, column.counts, isPublic, says.phone),
					names: null
				}
			: null;
	});
	const table = new TableContext(
		looked,
		options.today ?? latestDay(columns.map((entry) => entry?.column ?? null))
	);
	const findings = looked.map((column, index) =>
		column ? columnFindings(table, column, index) : []
	);
	forgetWords();
	forgetFields();
	return findings;
}

function columnFindings(table: TableContext, column: Looked, index: number): PersonalFinding[] {
	const found = [
		numberFinding(column, 'health_number'),
		numberFinding(column, 'sin'),
		numberFinding(column, 'card'),
		contactFinding(table, column, index, 'email'),
		contactFinding(table, column, index, 'phone'),
		contactFinding(table, column, index, 'postal_code'),
		contactFinding(table, column, index, 'address'),
		nameFinding(table, column),
		birthFinding(table, column, index)
	].filter((finding) => finding !== null);
	// One decision is made for the column: what is offered must serve all that was found in it.
	const inText = found.some(({ within }) => within === 'text');
	return found.map((finding) => ({
		...finding,
		actions:
			inText || finding.actions.length > 2
				? actionsFor(finding.kind, inText, column.column.type)
				: finding.actions
	}));
}
