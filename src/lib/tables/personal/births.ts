/** Columns of birth dates: by their header, by the ages that they make, or in three columns. */
import type { PersonalFinding } from '../../core/protocol/import.ts';
import { dictionaryReader, hasValue, MS_PER_DAY, type Column } from '../column.ts';
import { ageAt, parseBirthDate } from './birth-date.ts';
import { scannedFinding, typedFinding } from './finding.ts';
import { plainText } from './plain-text.ts';
import type { Looked, TableContext } from './table-context.ts';

/** 2026-02-16: where no date of the table tells when it was made, ages are reckoned then; a few years change nothing. */
const SOME_DAY = 20_500;
/** 1990-01-01: a table whose last date is older is about history, and its last date is not its day. */
const OLDEST_TODAY = 7305;

const NAMED_BIRTH =
	/ (?:\w*naiss\w*|\w*birth\w*|nais|ddn|dd n|dtn|dt n|dob|do b|d o b|dn|d n|born|nee?) /;
/** Feasts that come every year as well. */
const OTHER_FEAST =
	/ (?:mariage|noces|wedding|embauche|hire|hiring|fondation|service|adhesion|membership|ouverture) /;
const DEATH = / (?:deces|decede\w*|mort|morte|death|died|dead|deceased) /;
const DATED =
	/ (?:dates?|jours?|day|le|dt|dat) |^ (?:col(?:onne|umn)?|champ|field|ch|f|c)? ?\d{0,3} $/;

export function birthFinding(
	table: TableContext,
	column: Looked,
	index: number
): PersonalFinding | null {
	const split = splitFinding(table, column, index);
	if (split) return split;
	const { says, scan } = column;
	const data = column.column;
	const today = dayOfTable(table);
	// A musician's birth is published in a catalogue; beside an address it is a person's who works here.
	if (
		says.birth &&
		!says.place &&
		!OTHER_FEAST.test(says.words) &&
		(!says.credit || says.person || DOINGS.test(says.words) || reachesPeople(table))
	) {
		if (ofPublicPeople(table, index)) return null;
		// A feast is somebody's birthday only where the years say so.
		const youngest = NAMED_BIRTH.test(says.words) ? 0 : 2;
		const read = dayReader(data, today, true);
		return read ? counted(column, read, today, youngest, 1 / 3, 'birth_header') : null;
	}
	const likely = likelyBirths(table, column, index);
	if (likely) return likely;
	return data.type === 'text'
		? scannedFinding(
				column,
				'birth_date',
				(i) => scan.has(i, 'birth_date', 'sure'),
				'birth_text',
				'sure'
			)
		: null;
}

const dayOfTable = ({ today }: TableContext): number => (today >= OLDEST_TODAY ? today : SOME_DAY);

/** The finding of the values that make an age, where they are at least `least` of all. */
function counted(
	column: Looked,
	read: (row: number) => number,
	today: number,
	youngest: number,
	least: number,
	code: 'birth_header' | 'birth_ages'
): PersonalFinding | null {
	const data = column.column;
	const confidence = code === 'birth_header' ? 'sure' : 'likely';
	let rows = 0;
	// Of a text: whether it is one. Its first row says.
	const born = new Set<number>();
	for (let row = 0; row < data.length; row++) {
		if (!hasValue(data, row)) continue;
		const age = ageAt(read(row), today);
		if (!(age >= youngest && age <= 112)) continue;
		rows++;
		if (data.type === 'text') born.add(data.codes[row] ?? 0);
	}
	const values = data.length - data.missing;
	if (rows === 0 || rows < values * least) return null;
	return data.type === 'text'
		? scannedFinding(column, 'birth_date', (i) => born.has(i), code, confidence, true)
		: typedFinding(data, rows, values, code, confidence);
}

/** Whether somebody can be reached by what the table holds: no catalogue says where its artists live. */
const reachesPeople = ({ columns }: TableContext): boolean =>
	columns.some(
		(column) =>
			column &&
			!column.says.place &&
			!column.says.credit &&
			(column.says.email ||
				column.says.phone ||
				column.says.address ||
				column.says.postal ||
				column.says.sin ||
				column.says.health)
	);

/** Whether what reaches somebody follows, before the name of somebody else. */
function reachedAfter({ columns }: TableContext, index: number): boolean {
	for (const after of columns.slice(index + 1)) {
		if (!after) continue;
		const { says } = after;
		if (after.names === 'cells' || says.person || says.place) return false;
		if (says.email || says.phone || says.address || says.sin || says.health) return true;
	}
	return false;
}

/** Works, shows and courses are nobody: a birth that follows one is of who sees it or takes it. */
const DOINGS =
	/ (?:titres?|titles?|spectacles?|shows?|oeuvres?|works?|films?|movies?|productions?|programmes?|evenements?|events?|expositions?|exhibitions?|groupe|activites?|cours|ateliers?|instruments?|representation|performance|bourses?|prix) /;

/**
 * Of artists and of the dead, births are published: the name that a date follows says whose it is.
 */
function ofPublicPeople(table: TableContext, index: number): boolean {
	const { columns } = table;
	const column = columns[index];
	if (!column || column.says.person) return false;
	// A stage name stands after the name of the law, or a pseudonym after what reaches its owner.
	let credited = false;
	for (let i = 0; i < index; i++) {
		const before = columns[i];
		if (!before) continue;
		const { says } = before;
		if (before.names === 'cells' || says.person || says.familyName || says.email || says.phone)
			return false;
		if (says.credit && !DOINGS.test(says.words)) credited = true;
	}
	if (credited && !reachedAfter(table, index)) return true;
	return [index - 1, index + 1, index + 2].some((i) => {
		const beside = columns[i];
		return beside !== undefined && beside !== null && DEATH.test(beside.says.words);
	});
}

// ---------------------------------------------------------------- ages that tell

/** Enough rows to know how ages are spread. */
const SAMPLE = 5000;

/** Days of a sample of a column's rows, in order; null where they are no dates. */
function sampledDays(column: Looked, today: number): number[] | null {
	const data = column.column;
	// A number may be a serial or eight figures: only a header that speaks of dates, or of nothing, lets it be one.
	const read = dayReader(data, today, DATED.test(column.says.words));
	if (!read) return null;
	const days: number[] = [];
	let values = 0;
	const step = Math.max(1, Math.floor(data.length / SAMPLE));
	for (let row = 0; row < data.length; row += step) {
		if (!hasValue(data, row)) continue;
		values++;
		const day = read(row);
		if (!Number.isNaN(day)) days.push(day);
		if (values === 40 && days.length < 24) return null;
	}
	return days.length >= 8 && days.length >= values * 0.8 ? days.sort((a, b) => a - b) : null;
}

/**
 * Dates of people's lives are spread over generations and over the year; those of a season's doings, of hirings and of
 * memberships are not, and come after.
 */
function likelyBirths(table: TableContext, column: Looked, index: number): PersonalFinding | null {
	const { says } = column;
	const data = column.column;
	if (!table.ofPeople || says.event || says.credit || says.place || says.code || says.reach)
		return null;
	if (data.type === 'boolean' || says.published) return null;
	const today = dayOfTable(table);
	const days = sampledDays(column, today);
	if (!days || ofPublicPeople(table, index) || ofPlace(table, index)) return null;
	const told =
		isToldByAge(table, column, index, today) ||
		isToldByHealthNumber(table, column, today) ||
		(CHILD.test(says.words) && spreadAsChildren(days, today));
	if (!told && !spreadAsLives(days, today)) return null;
	const middle = quantile(days, 0.5);
	for (const [i, other] of table.columns.entries()) {
		if (told || i === index || !other || other.says.birth) continue;
		const others = sampledDays(other, today);
		if (others && quantile(others, 0.5) < middle && quantile(others, 0.02) > today - 105 * 365.25)
			return null;
	}
	const read = dayReader(data, today, true);
	return read ? counted(column, read, today, 0, 0.5, 'birth_ages') : null;
}

/** Whether only a place's name comes before a date: it was founded, named or opened then. */
function ofPlace({ columns }: TableContext, index: number): boolean {
	const before = columns.slice(0, index);
	return (
		before.some((column) => column?.says.place) &&
		!before.some((column) => column && (column.names === 'cells' || column.says.person))
	);
}

const AGE_WORD = / (?:ages?|ag) /;
/** Columns on each side among which an age is looked for. */
const BESIDE = 3;

/** Whether a column beside holds the ages that the dates make, on one day or over the months of one year. */
function isToldByAge(
	{ columns }: TableContext,
	column: Looked,
	index: number,
	today: number
): boolean {
	const data = column.column;
	const read = dayReader(data, today, true);
	if (!read) return false;
	for (let at = index - BESIDE; at <= index + BESIDE; at++) {
		const beside = columns[at];
		if (at === index || !beside || !AGE_WORD.test(beside.says.words)) continue;
		const ageOf = textReader(beside.column);
		const years = new Map<number, number>();
		let rows = 0;
		for (let row = 0; row < data.length && rows < SAMPLE; row++) {
			if (!hasValue(data, row) || !hasValue(beside.column, row)) continue;
			const day = read(row);
			const age = /^\d{1,3}(?= ?(?:ans?|years?)?$)/.exec(ageOf(row))?.[0];
			if (Number.isNaN(day) || age === undefined) continue;
			rows++;
			const year = new Date(day * MS_PER_DAY).getUTCFullYear() + Number(age);
			years.set(year, (years.get(year) ?? 0) + 1);
		}
		// Who has not had their birthday yet makes the year before.
		const most = Math.max(...[...years].map(([year, count]) => count + (years.get(year - 1) ?? 0)));
		if (rows >= 8 && most >= rows * 0.9) return true;
	}
	return false;
}

/** A date of birth within a health insurance number: its month is over fifty for a woman. */
const HEALTH_NUMBER = /^[A-Za-z]{4}[ -]?(\d{2})(\d{2})[ -]?(\d{2})/;

/** Whether the dates are those that the health insurance numbers of the same rows hold. */
function isToldByHealthNumber({ columns }: TableContext, column: Looked, today: number): boolean {
	const data = column.column;
	const read = dayReader(data, today, true);
	if (!read) return false;
	return columns.some((other) => {
		if (!other || other === column || other.column.type !== 'text' || !other.says.health)
			return false;
		const numberOf = textReader(other.column);
		let rows = 0;
		let same = 0;
		for (let row = 0; row < data.length && rows < SAMPLE; row++) {
			if (!hasValue(data, row) || !hasValue(other.column, row)) continue;
			const [, year, month, day] = HEALTH_NUMBER.exec(numberOf(row)) ?? [];
			if (!year || !month || !day) continue;
			rows++;
			const two = String(Number(month) % 50).padStart(2, '0');
			const born = new Date(read(row) * MS_PER_DAY);
			if (
				!Number.isNaN(born.getTime()) &&
				born.toISOString().slice(2, 10) === `${year}-${two}-${day}`
			)
				same++;
		}
		return rows >= 5 && same >= rows * 0.8;
	});
}

const CHILD =
	/ (?:enfants?|eleves?|campeu(?:r|se)s?|campers?|kids?|child|children|students?|pupils?|jeunes?) /;

/** Children of a school or a camp are a few years apart, and none was born this year. */
function spreadAsChildren(days: readonly number[], today: number): boolean {
	const age = (part: number): number => ageAt(quantile(days, 1 - part), today);
	const months = new Set(days.map((day) => new Date(day * MS_PER_DAY).getUTCMonth()));
	return (
		age(0.02) >= 1 &&
		age(0.98) <= 18 &&
		age(0.9) - age(0.1) >= 3 &&
		months.size >= Math.min(7, days.length / 3) &&
		new Set(days).size >= days.length * 0.4
	);
}

const quantile = (sorted: readonly number[], part: number): number =>
	sorted[Math.floor((sorted.length - 1) * part)] ?? NaN;

function spreadAsLives(days: readonly number[], today: number): boolean {
	const age = (part: number): number => ageAt(quantile(days, 1 - part), today);
	const months = new Set(days.map((day) => new Date(day * MS_PER_DAY).getUTCMonth()));
	// Founding dates and dates of contracts fall on the first of a month, or on the same few days.
	const distinct = new Set(days).size;
	return (
		age(0.02) >= 3 &&
		age(0.98) <= 105 &&
		age(0.5) >= 8 &&
		age(0.75) - age(0.25) >= 6 &&
		age(0.9) - age(0.1) >= 15 &&
		months.size >= Math.min(7, days.length / 3) &&
		distinct >= days.length * 0.4
	);
}

// ---------------------------------------------------------------- three columns

const DAY_WORD = / (?:jours?|day|jj|dd|j|d) /;
const MONTH_WORD = / (?:mois|month|mm|m) /;
const YEAR_WORD = / (?:annees?|ans?|years?|aaaa|yyyy|aa|yy|a|y) /;

/** Where this column is the day, the month or the year of a birth that it tells with its two neighbours. */
function splitFinding(table: TableContext, column: Looked, index: number): PersonalFinding | null {
	const { words } = column.says;
	if (!DAY_WORD.test(words) && !MONTH_WORD.test(words) && !YEAR_WORD.test(words)) return null;
	for (let first = index - 2; first <= index; first++) {
		const three = [first, first + 1, first + 2].map((i) => table.columns[i] ?? null);
		const part = (word: RegExp): Looked | null =>
			three.find((one) => one && word.test(one.says.words)) ?? null;
		const year = part(YEAR_WORD);
		const month = part(MONTH_WORD);
		const day = part(DAY_WORD);
		if (!year || !month || !day || new Set([year, month, day]).size < 3) continue;
		if (![year, month, day].includes(column)) continue;
		const named =
			three.some((one) => one?.says.birth) || (table.columns[first - 1]?.says.birth ?? false);
		if (!named && (!table.ofPeople || three.some((one) => one?.says.event && one !== year)))
			continue;
		const rows = splitRows(table, day, month, year, named);
		if (rows === 0) continue;
		const why = named ? 'birth_header' : 'birth_ages';
		const values = column.column.length - column.column.missing;
		return {
			...typedFinding(column.column, rows, values, why, named ? 'sure' : 'likely'),
			// A part makes no age.
			actions: ['drop', 'keep']
		};
	}
	return null;
}

/** Rows whose three parts are a birth; 0 where they are the dates of something else. */
function splitRows(
	table: TableContext,
	day: Looked,
	month: Looked,
	year: Looked,
	named: boolean
): number {
	const today = dayOfTable(table);
	const [ofDay, ofMonth, ofYear] = [day, month, year].map(({ column }) => textReader(column));
	if (!ofDay || !ofMonth || !ofYear) return 0;
	const days: number[] = [];
	let rows = 0;
	let values = 0;
	for (let row = 0; row < day.column.length; row++) {
		if (!hasValue(day.column, row) || !hasValue(year.column, row)) continue;
		values++;
		const text = `${ofDay(row)}-${ofMonth(row)}-${ofYear(row)}`;
		const born = parseBirthDate(text, today, false);
		const age = ageAt(born, today);
		if (!(age >= 0 && age <= 112)) continue;
		rows++;
		if (days.length < SAMPLE) days.push(born);
	}
	if (rows * 2 < values) return 0;
	if (named) return rows;
	days.sort((a, b) => a - b);
	const age = (part: number): number => ageAt(quantile(days, 1 - part), today);
	// Children of a school are a few years apart; what the table does itself is younger than any of them.
	const lives = days.length >= 8 && age(0.02) >= 3 && age(0.5) >= 6 && age(0.9) - age(0.1) >= 4;
	return lives ? rows : 0;
}

// ---------------------------------------------------------------- reading

/** A cell as it reads; numbers as digits. */
function textReader(column: Column): (row: number) => string {
	if (column.type === 'text') {
		const read = dictionaryReader(column.dictionary);
		return (row) => read(column.codes[row] ?? 0).trim();
	}
	return (row) => String(column.values[row] ?? '');
}

/**
 * The day of a row's value, NaN where it is none; null where the column can hold none.
 * @param serials whether bare numbers may be days
 */
function dayReader(
	column: Column,
	today: number,
	serials: boolean
): ((row: number) => number) | null {
	switch (column.type) {
		case 'date':
		case 'datetime':
			return (row) => dayAt(column, row);
		case 'integer':
		case 'number':
			return serials ? (row) => birthOfNumber(String(column.values[row] ?? ''), today) : null;
		case 'text': {
			const read = dictionaryReader(column.dictionary);
			const days = new Map<number, number>();
			return (row) => {
				const code = column.codes[row] ?? 0;
				let day = days.get(code);
				if (day === undefined) {
					day = parseBirthDate(plainText(read(code)), today, serials);
					days.set(code, day);
				}
				return day;
			};
		}
		default:
			return null;
	}
}

/** Latest day of the dates of these columns; NaN where there is none. */
export function latestDay(columns: readonly (Column | null)[]): number {
	let latest = NaN;
	for (const column of columns) {
		if (column?.type !== 'date' && column?.type !== 'datetime') continue;
		for (let row = 0; row < column.length; row++) {
			const day = dayAt(column, row);
			if (!(day <= latest) && hasValue(column, row)) latest = day;
		}
	}
	return latest;
}

/** Day of a date or date-time cell. */
export const dayAt = (column: Column, row: number): number =>
	column.type === 'date'
		? (column.values[row] ?? NaN)
		: column.type === 'datetime'
			? Math.floor(Number(column.values[row] ?? NaN) / MS_PER_DAY)
			: NaN;

/** A number lost the zeros at its beginning: `10314` may be 2001-03-14 as well as a serial; six figures tell dates. */
export const birthOfNumber = (text: string, today: number): number =>
	parseBirthDate(text, Number.isNaN(today) ? SOME_DAY : today, true);
