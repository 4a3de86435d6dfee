/** Columns of people's names, and texts that name somebody. */
import type { PersonalFinding } from '../../core/protocol/import.ts';
import { FORM, type ColumnScan } from './column-scan.ts';
import { scannedFinding } from './finding.ts';
import { FREE_TEXT } from './header-words.ts';
import type { Looked, TableContext } from './table-context.ts';

export function isNameColumn(
	columns: readonly (Looked | null)[],
	column: Looked,
	index: number
): 'cells' | 'text' | null {
	const { scan, says } = column;
	if (column.column.type !== 'text' || scan.values === 0) return null;
	if ((says.credit || says.place) && !says.person) return null;
	const share = (wanted: (form: number) => boolean): number => {
		let rows = 0;
		for (const i of scan.notable) if (wanted(scan.form(i))) rows += scan.rows(i);
		return rows / scan.values;
	};
	const full = share((form) => (form & FORM.full) !== 0);
	const known = share(
		(form) => (form & FORM.full) !== 0 && (form & (FORM.given | FORM.family)) !== 0
	);
	const both = share(
		(form) =>
			(form & FORM.full) !== 0 &&
			((form & FORM.both) !== 0 ||
				((form & FORM.telling) !== 0 && (form & (FORM.family | FORM.given)) !== 0))
	);
	const telling = share((form) => (form & FORM.full) !== 0 && (form & FORM.telling) !== 0);
	// Many different ones: a column that repeats a few names is a list of choices.
	const varied = scan.size >= Math.min(40, scan.values * 0.3);
	if (says.person || says.name || says.givenName || says.familyName) {
		const needed = says.person ? 0.2 : 0.3;
		// `Nom` alone may be of a show: then the given names and the family names must be there.
		const named = says.person || says.givenName || says.familyName || besideName(columns, index);
		if (full >= 0.4 && known >= full * needed && (named || (both >= 0.35 && varied)))
			return 'cells';
		if (says.person && full >= 0.5 && (telling >= 0.3 || known >= full * 0.1)) return 'cells';
		const written = share((form) => (form & (FORM.single | FORM.full)) !== 0);
		if (says.givenName || says.familyName || says.name || says.person) {
			const wanted = says.givenName
				? FORM.given
				: says.familyName
					? FORM.family
					: FORM.given | FORM.family;
			const hits = share((form) => (form & wanted) !== 0);
			const beside = besideName(columns, index);
			const least = says.givenName || says.familyName || beside ? 0.12 : 0.3;
			if (written >= 0.5 && hits >= written * least && (named || varied)) return 'cells';
		}
	}
	if (says.code && !says.name && both < 0.8) return null;
	if (says.reach && !says.email && both < 0.8) return null;
	if (varied && full >= 0.6 && both >= 0.5) return 'cells';
	if (varied && telling >= 0.6 && known >= 0.3) return 'cells';
	// Nobody's list of names is whole: words with capitals throughout, of which many are names, are names.
	if (varied && full >= 0.85 && known >= 0.4 && !says.published) return 'cells';
	// Given names beside family names, under headers that say nothing.
	const given = share((form) => (form & FORM.single) !== 0 && (form & FORM.given) !== 0);
	const family = share((form) => (form & FORM.single) !== 0 && (form & FORM.family) !== 0);
	for (const beside of [index - 1, index + 1]) {
		const other = columns[beside];
		if (!other || other.column.type !== 'text' || other.says.credit || other.says.place) continue;
		const theirs = (bit: number): number => singles(other.scan, bit);
		if (given >= 0.6 && theirs(FORM.family) >= 0.5 && varied) return 'cells';
		if (family >= 0.5 && theirs(FORM.given) >= 0.6 && varied) return 'cells';
	}
	return null;
}

/** Whether a header of given or family names stands beside. */
function besideName(columns: readonly (Looked | null)[], index: number): boolean {
	return [index - 1, index + 1].some((beside) => {
		const says = columns[beside]?.says;
		return says !== undefined && (says.givenName || says.familyName);
	});
}

export function nameFinding(table: TableContext, column: Looked): PersonalFinding | null {
	const { scan, says } = column;
	if (column.names === 'cells') {
		const singly =
			says.givenName || says.familyName || singles(scan, FORM.given | FORM.family) >= 0.3;
		const counted = (i: number): boolean =>
			(scan.form(i) & (singly ? FORM.full | FORM.single : FORM.full)) !== 0 ||
			scan.has(i, 'person_name', 'sure');
		const header = says.person || says.givenName || says.familyName || says.name;
		return scannedFinding(
			column,
			'person_name',
			counted,
			header ? 'name_header' : 'name_known',
			header ? 'sure' : 'likely'
		);
	}
	if (table.published(says) || table.directory || says.reach) return null;
	if ((says.credit || says.place) && !FREE_TEXT.test(says.words)) return null;
	const free = FREE_TEXT.test(says.words);
	// A name that comes again and again, and that nothing makes somebody's, is an artist's, a prize's or a place's.
	const times = new Map<string, number>();
	for (const i of scan.notable)
		for (const name of scan.names(i) ?? []) times.set(name, (times.get(name) ?? 0) + scan.rows(i));
	const often = Math.max(2, scan.values * 0.015);
	const known = (i: number): boolean => {
		const names = scan.names(i);
		return (
			names !== null &&
			names.length > 0 &&
			!says.person &&
			names.every((name) => (times.get(name) ?? 0) > often || scan.isPublic(name))
		);
	};
	// What is all of its cell, again and again, is a label: a work, a prize, a brand.
	const most = Math.max(3, scan.values * 0.05);
	const counted = (i: number): boolean =>
		(says.person || !scan.whole(i, 'person_name') || (free && scan.rows(i) < most)) &&
		(scan.has(i, 'person_name', 'sure') || scan.has(i, 'person_name', 'weak')) &&
		!known(i);
	const finding = scannedFinding(column, 'person_name', counted, 'name_text', 'likely');
	if (!finding || free || says.person || finding.rows >= scan.values * 0.015) return finding;
	// Among hundreds of labels a few look like names by chance, unless a word before says that they are somebody's.
	for (const i of scan.notable)
		if (scan.rows(i) > 0 && counted(i) && scan.names(i) === null) return finding;
	return null;
}

/** Share of rows that are one word, known as `bits` say. */
function singles(scan: ColumnScan, bits: number): number {
	let rows = 0;
	for (const i of scan.notable)
		if ((scan.form(i) & FORM.single) !== 0 && (scan.form(i) & bits) !== 0) rows += scan.rows(i);
	return scan.values ? rows / scan.values : 0;
}
