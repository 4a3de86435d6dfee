/**
 * Looks for personal information in a table, before anything is sent. The texts say what has the shape of it
 * (`column-scan.ts`); here the whole table says what it is: headers, the columns beside, and what share of a column
 * has the shape.
 */
import type {
	PersonalAction,
	PersonalFinding,
	PersonalKind,
	PersonalWhy
} from '../../core/protocol/import.ts';
import { cellReader, hasValue, MS_PER_DAY, type Column } from '../column.ts';
import { ageAt, parseBirthDate } from './birth-date.ts';
import { FORM, scanColumn, scanText, type ColumnScan } from './column-scan.ts';
import { headerSays, type HeaderSays } from './header-words.ts';
import { folded, plainText } from './plain-text.ts';
import { forgetWords } from './scan-names.ts';

export interface PersonalColumn {
	readonly name: string;
	readonly column: Column;
	/** Text: rows of each dictionary entry. */
	readonly counts: Int32Array | null;
}
export interface FindOptions {
	/** Days since 1970-01-01 of the day of the import: what ages are reckoned at. Without it, the table's latest date. */
	readonly today?: number;
}

interface Looked extends PersonalColumn {
	readonly says: HeaderSays;
	readonly scan: ColumnScan;
	/** What was decided of its names: none, a column of them, or some in its texts. */
	names: 'cells' | 'text' | null;
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
	const table = new Table(
		looked,
		options.today ?? latestDay(columns.map((entry) => entry?.column ?? null))
	);
	const findings = looked.map((column, index) => (column ? table.findings(index) : []));
	forgetWords();
	return findings;
}

/** Artists, works and venues of the table: a sentence that names one of them names nobody's client. */
function publicNames(
	columns: readonly (PersonalColumn | null)[],
	headers: readonly HeaderSays[]
): (name: string) => boolean {
	const names = new Set<string>();
	columns.forEach((column, index) => {
		const says = headers[index];
		if (column?.column.type !== 'text' || !says || says.person || !(says.credit || says.place))
			return;
		const { offsets, bytes } = column.column.dictionary;
		const decoder = new TextDecoder();
		for (let code = 0; code + 1 < offsets.length && names.size < 50_000; code++) {
			const text = decoder.decode(bytes.subarray(offsets[code], offsets[code + 1]));
			if (text.length <= 60) names.add(folded(plainText(text)).trim());
		}
	});
	return (name) => names.has(folded(name).trim());
}

/** Latest day of the dates of these columns; NaN where there is none. */
export function latestDay(columns: readonly (Column | null)[]): number {
	let latest = NaN;
	for (const column of columns) {
		if (column?.type !== 'date' && column?.type !== 'datetime') continue;
		for (let row = 0; row < column.length; row++) {
			if (!hasValue(column, row)) continue;
			const day = dayAt(column, row);
			if (!(day <= latest)) latest = day;
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

/** Headers under which people write what they like. */
const FREE_TEXT =
	/ (?:notes?|remarques?|remarks?|commentaires?|comments?|memos?|suivis?|messages?|msg|infos?|details?|observations?|precisions?|divers|autres?|other|particularites|besoins|needs|sante|raisons?|reasons?|motifs?|explications?|feedback|description|objet|journal|log|historique|history|echanges?|follow up|contenu|texte|text|body) /;

class Table {
	readonly #columns: readonly (Looked | null)[];
	readonly #today: number;
	/** Whether the table is about people at all. */
	readonly #ofPeople: boolean;
	readonly #directory: boolean;

	constructor(columns: readonly (Looked | null)[], today: number) {
		this.#columns = columns;
		this.#today = today;
		columns.forEach((column, index) => {
			if (column) column.names = this.#nameColumn(column, index);
		});
		this.#ofPeople = columns.some(
			(column) => column && (column.names === 'cells' || (column.says.person && !column.says.place))
		);
		this.#directory =
			!this.#ofPeople &&
			columns.some((column, index) => column && column.says.reach && this.#ownedByPlace(index));
	}

	findings(index: number): PersonalFinding[] {
		const column = this.#columns[index];
		if (!column) return [];
		const found = [
			this.#numbers(column, 'health_number'),
			this.#numbers(column, 'sin'),
			this.#numbers(column, 'card'),
			this.#contacts(column, index, 'email'),
			this.#contacts(column, index, 'phone'),
			this.#contacts(column, index, 'postal_code'),
			this.#contacts(column, index, 'address'),
			this.#names(column),
			this.#births(column)
		].filter((finding) => finding !== null);
		// One decision is made for the column: what is offered must serve all that was found in it.
		const inText = found.some(({ within }) => within === 'text');
		return found.map((finding) => ({
			...finding,
			actions: actionsFor(finding.kind, inText, column.column.type)
		}));
	}

	// ---------------------------------------------------------------- numbers with a check digit

	#numbers(column: Looked, kind: 'health_number' | 'sin' | 'card'): PersonalFinding | null {
		const { scan, says } = column;
		const named = kind === 'health_number' ? says.health : kind === 'sin' ? says.sin : says.card;
		let shaped = 0;
		let passing = 0;
		for (let i = 0; i < scan.size; i++) {
			const rows = scan.rows(i);
			const passes =
				scan.whole(i, kind) &&
				(scan.has(i, kind, 'sure') || (kind !== 'health_number' && scan.has(i, kind, 'weak')));
			if (passes) passing += rows;
			const figures = scan.figures(i);
			const shape =
				kind === 'health_number'
					? scan.whole(i, kind)
					: kind === 'sin'
						? figures === 9
						: figures === 15 || figures === 16;
			if (shape || passes) shaped += rows;
		}
		// By chance one number in ten (cards), or in five (health), passes; of a column of them nearly all do. Numbers of
		// orders and invoices may carry a check digit of their own in part, so a header of theirs asks for more.
		const share = shaped ? passing / shaped : 0;
		const needed = named
			? 0.3
			: kind === 'health_number'
				? 0.5
				: says.code || says.event
					? 0.93
					: 0.88;
		const enough = named || kind === 'health_number' ? 1 : kind === 'sin' ? 5 : 3;
		// A header of health insurance speaks for numbers whose last figure was mistyped, too.
		const cells =
			(share >= needed && passing >= enough) || (kind === 'health_number' && named && shaped > 0);
		const counted = (i: number): boolean => {
			const alone = kind === 'health_number' || scan.figures(i) > 0;
			if (scan.whole(i, kind) && alone)
				return cells && (scan.has(i, kind, 'sure') || scan.has(i, kind, 'weak'));
			return scan.has(i, kind, 'sure');
		};
		const checked: PersonalWhy =
			kind === 'sin'
				? 'sin_check'
				: kind === 'card'
					? 'card_check'
					: passing > 0 || !cells
						? 'health_check'
						: 'health_shape';
		return this.#finding(
			column,
			kind,
			counted,
			checked,
			named || share >= 0.93 ? 'sure' : 'likely'
		);
	}

	// ---------------------------------------------------------------- contacts

	#contacts(
		column: Looked,
		index: number,
		kind: 'email' | 'phone' | 'postal_code' | 'address'
	): PersonalFinding | null {
		const { scan, says } = column;
		let whole = 0;
		let sure = 0;
		let digitCells = 0;
		for (let i = 0; i < scan.size; i++) {
			const rows = scan.rows(i);
			if (scan.figures(i) > 0) digitCells += rows;
			if (scan.has(i, kind, 'sure')) sure += rows;
			if (scan.whole(i, kind) && (scan.has(i, kind, 'sure') || scan.has(i, kind, 'weak')))
				whole += rows;
		}
		const ofKind =
			kind === 'email'
				? says.email
				: kind === 'phone'
					? says.phone
					: kind === 'postal_code'
						? says.postal
						: says.address;
		const share = scan.values ? whole / scan.values : 0;
		const place = this.#ownedByPlace(index);
		if (place && (ofKind || share >= 0.5 || says.reach)) return null;
		// Figures alone in a column of figures number something, unless nearly all are telephones.
		const takesWeak =
			ofKind ||
			(kind === 'postal_code' ? sure >= scan.values * 0.3 : share >= 0.6) ||
			(kind === 'phone' && digitCells < scan.values * 0.5);
		const closed = this.#published(says) || this.#directory || (says.credit && !says.person);
		const counted = (i: number): boolean => {
			if (!scan.whole(i, kind) && closed && kind !== 'email') return false;
			if (scan.has(i, kind, 'sure')) return true;
			if (takesWeak && scan.has(i, kind, 'weak')) return true;
			return kind === 'phone' && ofKind && scan.phoneLike(i);
		};
		const why: PersonalWhy =
			kind === 'email'
				? 'email_shape'
				: kind === 'phone'
					? 'phone_shape'
					: kind === 'address'
						? 'address_shape'
						: 'postal_shape';
		return this.#finding(
			column,
			kind,
			counted,
			why,
			ofKind || kind === 'email' ? 'sure' : 'likely'
		);
	}

	/** Whether its header, or the name that its block of coordinates follows, says that they are a place's. */
	#ownedByPlace(index: number): boolean {
		const column = this.#columns[index];
		if (!column) return false;
		if (column.says.person || column.names === 'cells') return false;
		if (column.says.place && !FREE_TEXT.test(column.says.words)) return true;
		if (column.says.credit && column.says.reach) return true;
		if (!column.says.reach || this.#columns.some((other) => other?.names === 'cells')) return false;
		for (let i = index - 1; i >= 0; i--) {
			const before = this.#columns[i];
			if (!before) continue;
			if (before.says.person) return false;
			if (before.says.place) return true;
			if (!before.says.reach && !before.says.code) return false;
		}
		return false;
	}

	/** A description tells of a show among shows, and of what befell somebody among people. */
	#published(says: HeaderSays): boolean {
		return says.published && !(this.#ofPeople && !says.blurb);
	}

	// ---------------------------------------------------------------- names

	#nameColumn(column: Looked, index: number): 'cells' | 'text' | null {
		const { scan, says } = column;
		if (column.column.type !== 'text' || scan.values === 0) return null;
		if ((says.credit || says.place) && !says.person) return null;
		const share = (wanted: (form: number) => boolean): number => {
			let rows = 0;
			for (let i = 0; i < scan.size; i++) if (wanted(scan.form(i))) rows += scan.rows(i);
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
			const named = says.person || says.givenName || says.familyName || this.#besideName(index);
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
				const beside = this.#besideName(index);
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
			const other = this.#columns[beside];
			if (!other || other.column.type !== 'text' || other.says.credit || other.says.place) continue;
			const theirs = (bit: number): number => singles(other.scan, bit);
			if (given >= 0.6 && theirs(FORM.family) >= 0.5 && varied) return 'cells';
			if (family >= 0.5 && theirs(FORM.given) >= 0.6 && varied) return 'cells';
		}
		return null;
	}

	/** Whether a header of given or family names stands beside. */
	#besideName(index: number): boolean {
		return [index - 1, index + 1].some((beside) => {
			const says = this.#columns[beside]?.says;
			return says !== undefined && (says.givenName || says.familyName);
		});
	}

	#names(column: Looked): PersonalFinding | null {
		const { scan, says } = column;
		if (column.names === 'cells') {
			const singly =
				says.givenName || says.familyName || singles(scan, FORM.given | FORM.family) >= 0.3;
			const counted = (i: number): boolean =>
				(scan.form(i) & (singly ? FORM.full | FORM.single : FORM.full)) !== 0 ||
				scan.has(i, 'person_name', 'sure');
			const header = says.person || says.givenName || says.familyName || says.name;
			return this.#finding(
				column,
				'person_name',
				counted,
				header ? 'name_header' : 'name_known',
				header ? 'sure' : 'likely'
			);
		}
		if (this.#published(says) || this.#directory || says.reach) return null;
		if ((says.credit || says.place) && !FREE_TEXT.test(says.words)) return null;
		const free = FREE_TEXT.test(says.words);
		// What is all of its cell, again and again, is a label: a work, a prize, a brand.
		const most = Math.max(3, scan.values * 0.05);
		const counted = (i: number): boolean =>
			(says.person || !scan.whole(i, 'person_name') || (free && scan.rows(i) < most)) &&
			(scan.has(i, 'person_name', 'sure') || scan.has(i, 'person_name', 'weak'));
		return this.#finding(column, 'person_name', counted, 'name_text', 'likely');
	}

	// ---------------------------------------------------------------- birth dates

	#births(column: Looked): PersonalFinding | null {
		const { says, scan } = column;
		const data = column.column;
		const today = this.#today;
		// A feast is somebody's birthday only where the years say so.
		const youngest = / (?:\w*naiss\w*|\w*birth\w*|ddn|dob|d o b|born) /.test(says.words) ? 0 : 2;
		const isAge = (day: number): boolean => {
			if (Number.isNaN(day)) return false;
			if (Number.isNaN(today)) return true;
			const age = ageAt(day, today);
			return age >= youngest && age <= 112;
		};
		if (says.birth && !says.credit && !says.place) {
			if (data.type === 'text') {
				let rows = 0;
				const born = new Uint8Array(scan.size);
				for (let i = 0; i < scan.size; i++)
					if (isAge(parseBirthDate(scan.text(i), Number.isNaN(today) ? 20_500 : today, true))) {
						born[i] = 1;
						rows += scan.rows(i);
					}
				if (rows * 3 >= scan.values && rows > 0)
					return this.#finding(column, 'birth_date', (i) => born[i] === 1, 'birth_header', 'sure');
			} else if (data.type !== 'boolean') {
				const rows = countDays(data, today, isAge);
				const values = data.length - data.missing;
				if (rows * 3 >= values && rows > 0)
					return this.#typed(column, rows, values, 'birth_header', 'sure');
			}
			return null;
		}
		if (data.type === 'text')
			return this.#finding(
				column,
				'birth_date',
				(i) => scan.has(i, 'birth_date', 'sure'),
				'birth_text',
				'sure'
			);
		if (
			(data.type !== 'date' && data.type !== 'datetime') ||
			says.event ||
			says.credit ||
			says.place
		)
			return null;
		// Dates of people's lives are spread over generations; those of a season's doings are not.
		if (!this.#ofPeople || Number.isNaN(today)) return null;
		const ages: number[] = [];
		for (let row = 0; row < data.length; row++)
			if (hasValue(data, row)) ages.push(ageAt(dayAt(data, row), today));
		ages.sort((a, b) => a - b);
		const at = (part: number): number => ages[Math.floor((ages.length - 1) * part)] ?? NaN;
		const likely =
			ages.length >= 8 &&
			at(0.02) >= 3 &&
			at(0.98) <= 105 &&
			at(0.5) >= 8 &&
			at(0.75) - at(0.25) >= 6 &&
			at(0.9) - at(0.1) >= 12;
		return likely
			? this.#typed(
					column,
					ages.filter((age) => age >= 0 && age <= 112).length,
					ages.length,
					'birth_ages',
					'likely'
				)
			: null;
	}

	// ---------------------------------------------------------------- what is told

	#typed(
		column: Looked,
		rows: number,
		of: number,
		code: PersonalWhy,
		confidence: PersonalFinding['confidence']
	): PersonalFinding {
		const kind = 'birth_date';
		return {
			kind,
			rows,
			of,
			within: 'cells',
			confidence,
			actions: actionsFor(kind, false, column.column.type),
			examples: typedExamples(column.column),
			why: { code, details: { values: rows } }
		};
	}

	#finding(
		{ scan, column }: Looked,
		kind: PersonalKind,
		counted: (index: number) => boolean,
		code: PersonalWhy,
		confidence: PersonalFinding['confidence']
	): PersonalFinding | null {
		let rows = 0;
		let whole = 0;
		const examples: string[] = [];
		let tried = 0;
		for (let i = 0; i < scan.size; i++) {
			const count = scan.rows(i);
			if (count === 0 || !counted(i)) continue;
			rows += count;
			const alone =
				kind === 'person_name' ? scan.form(i) !== 0 : scan.whole(i, kind) || scan.phoneLike(i);
			if (alone || code === 'birth_header') whole += count;
			if (examples.length < 3 && tried++ < 12) {
				const example = exampleOf(scan.text(i), kind);
				if (!examples.includes(example)) examples.push(example);
			}
		}
		if (rows === 0) return null;
		const within = whole * 2 >= rows && rows * 2 >= scan.values ? 'cells' : 'text';
		return {
			kind,
			rows,
			of: scan.values,
			within,
			confidence,
			actions: actionsFor(kind, within === 'text', column.type),
			examples,
			why: { code, details: { values: rows } }
		};
	}
}

/** Three dates or numbers of a column, hidden. */
function typedExamples(column: Column): string[] {
	const read = cellReader(column);
	const dated = column.type === 'date' || column.type === 'datetime';
	const examples = new Set<string>();
	for (let row = 0; row < Math.min(column.length, 200) && examples.size < 3; row++) {
		const value = read(row);
		if (value === null) continue;
		examples.add(
			hidden(dated ? new Date(Number(value)).toISOString().slice(0, 10) : String(value))
		);
	}
	return [...examples];
}

const hidden = (text: string): string =>
	Array.from(text, (sign, i) => (i > 0 && /[\p{L}\p{N}]/u.test(sign) ? '•' : sign)).join('');

/** Share of rows that are one word, known as `bits` say. */
function singles(scan: ColumnScan, bits: number): number {
	let rows = 0;
	for (let i = 0; i < scan.size; i++)
		if ((scan.form(i) & FORM.single) !== 0 && (scan.form(i) & bits) !== 0) rows += scan.rows(i);
	return scan.values ? rows / scan.values : 0;
}

/** Rows of numbers or dates that make an age: days, or the serial numbers and six figures that programs leave. */
function countDays(column: Column, today: number, isAge: (day: number) => boolean): number {
	let rows = 0;
	for (let row = 0; row < column.length; row++) {
		if (!hasValue(column, row)) continue;
		if (column.type === 'integer' || column.type === 'number') {
			const text = String(column.values[row] ?? '');
			if (isAge(birthOfNumber(text, today))) rows++;
		} else if (isAge(dayAt(column, row))) rows++;
	}
	return rows;
}

/** A number lost the zeros at its beginning: `10314` may be 2001-03-14 as well as a serial; six figures tell dates. */
export const birthOfNumber = (text: string, today: number): number =>
	parseBirthDate(text, Number.isNaN(today) ? 20_500 : today, true);

/** What may be done about a kind, the safest first. */
function actionsFor(kind: PersonalKind, inText: boolean, type: Column['type']): PersonalAction[] {
	if (inText) return ['drop', 'mask', 'keep'];
	if (kind === 'postal_code' || kind === 'birth_date') return ['generalise', 'drop', 'keep'];
	if (kind === 'card') return ['drop', 'keep'];
	return type === 'text' || type === 'integer' || type === 'number'
		? ['drop', 'pseudonymise', 'keep']
		: ['drop', 'keep'];
}

/** The first sign, and the shape of the rest: who looks over a shoulder reads nothing. */
function exampleOf(text: string, kind: PersonalKind): string {
	const span = scanText(text, () => false).find((found) => found.kind === kind);
	const part = (span ? text.slice(span.start, span.end) : text).trim().slice(0, 40);
	return hidden(part);
}
