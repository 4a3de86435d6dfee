/** Guesses a column's type from the cells at the beginning of the file, and says what speaks for it. */
import type { DateOrder, DecimalMark, Evidence, ImportType } from '../../core/protocol/import.ts';
import { Unquoted } from './unquoted.ts';
import { codeIn } from './code-cells.ts';
import type { MissingTexts } from './missing-texts.ts';
import { BOOLEAN_MARK, DATE_MARK } from './opened-file.ts';
import { TimeParser } from '../values/parse-time.ts';
import { daysOf } from '../values/calendar-days.ts';
import { parseBoolean } from '../values/parse-boolean.ts';
import { DateParser } from '../values/parse-date.ts';
import { LEADING_ZERO, NOT_A_NUMBER, NumberParser, TOO_LONG } from '../values/parse-number.ts';

/** Of the values that are there, how many may be something else than the type guessed. */
export const MISFIT_SHARE = 0.02;

/** What was seen in the cells of a column. */
export interface ColumnSample {
	/** Cells that hold a value. */
	values: number;
	booleans: number;
	/** Numbers if the decimal mark is a comma, a point; and those that only one of the two reads. */
	comma: number;
	point: number;
	commaOnly: number;
	pointOnly: number;
	/** Whole numbers of 32 bits, as each mark reads them. */
	commaIntegers: number;
	pointIntegers: number;
	leadingZeros: number;
	tooLong: number;
	dmy: number;
	mdy: number;
	/** Dates in one order at least; and numbers of eight figures that are dates as well. */
	dates: number;
	compact: number;
	/** Dates that do not begin with their year. */
	ordered: number;
	timed: number;
	/** Numbers with a dollar sign, a percent sign. */
	money: number;
	percent: number;
	/** Times of day. */
	times: number;
	/** Numbers with a code beside them, and codes in place of numbers. */
	flagged: number;
	coded: number;
	/** Those codes, each once. */
	readonly codes: Set<string>;
}

/** More codes than these are no codes. */
export const MOST_CODES = 8;
/** A cell without a digit that is longer than this is a text. */
const LONGEST_WORD = 8;

/** Tries every type on cells of a column. */
export class Sampler {
	readonly sample: ColumnSample = {
		values: 0,
		booleans: 0,
		comma: 0,
		point: 0,
		commaOnly: 0,
		pointOnly: 0,
		commaIntegers: 0,
		pointIntegers: 0,
		leadingZeros: 0,
		tooLong: 0,
		dmy: 0,
		mdy: 0,
		dates: 0,
		compact: 0,
		ordered: 0,
		timed: 0,
		money: 0,
		percent: 0,
		times: 0,
		flagged: 0,
		coded: 0,
		codes: new Set()
	};
	readonly #comma: NumberParser;
	readonly #point: NumberParser;
	readonly #dmy: DateParser;
	readonly #mdy: DateParser;
	readonly #time: TimeParser;
	readonly #latin: boolean;
	readonly #marked: boolean;
	/** Cells that were a text and nothing else; of a column of them, no more are tried. */
	#texts = 0;
	readonly #missing: MissingTexts;
	readonly #unquoted = new Unquoted();

	/** @param marked cells may begin with a mark: a rewritten text */
	constructor(missing: MissingTexts, latin: boolean, marked = false) {
		this.#missing = missing;
		this.#latin = latin;
		this.#marked = marked;
		this.#comma = new NumberParser(',', latin);
		this.#point = new NumberParser('.', latin);
		this.#dmy = new DateParser('dmy', { latin });
		this.#mdy = new DateParser('mdy', { latin });
		this.#time = new TimeParser(latin);
	}

	/** `end` as the scanner gives it. */
	add(text: Uint8Array, from: number, to: number): void {
		const plain = to < 0 ? this.#unquoted.of(text, from, ~to) : null;
		const bytes = plain?.bytes ?? text;
		const end = plain?.end ?? to;
		let start = plain ? 0 : from;
		const mark = this.#marked && start < end ? (bytes[start] as number) : 0;
		if (mark === DATE_MARK || mark === BOOLEAN_MARK) start++;
		const { sample } = this;
		if (this.#missing.match(bytes, start, end) !== -1) return;
		sample.values++;
		if (this.#texts === sample.values - 1 && this.#texts > ENOUGH_TEXTS) {
			this.#texts++;
			return;
		}
		if (isLongWord(bytes, start, end)) {
			this.#texts++;
			return;
		}
		const comma = this.#comma.parse(bytes, start, end);
		const isComma = !Number.isNaN(comma);
		const { fault } = this.#comma;
		const point = this.#point.parse(bytes, start, end);
		const isPoint = !Number.isNaN(point);
		if (isComma || isPoint) {
			if (isComma) sample.comma++;
			if (isPoint) sample.point++;
			if (isComma && !isPoint) sample.commaOnly++;
			if (isPoint && !isComma) sample.pointOnly++;
			if (isComma && !this.#comma.fractional && comma === (comma | 0)) sample.commaIntegers++;
			if (isPoint && !this.#point.fractional && point === (point | 0)) sample.pointIntegers++;
			const parser = isComma ? this.#comma : this.#point;
			if (parser.money) sample.money++;
			else if (parser.percent) sample.percent++;
			else if (!parser.marked && isCompactDate(isComma ? comma : point)) sample.compact++;
			return;
		}
		if (fault === LEADING_ZERO) sample.leadingZeros++;
		else if (fault === TOO_LONG) sample.tooLong++;
		const dmy = this.#dmy.parse(bytes, start, end);
		const mdy = this.#mdy.parse(bytes, start, end);
		if (!Number.isNaN(dmy) || !Number.isNaN(mdy)) {
			sample.dates++;
			if (!Number.isNaN(dmy)) sample.dmy++;
			if (!Number.isNaN(mdy)) sample.mdy++;
			if (!this.#dmy.yearFirst) sample.ordered++;
			if (this.#dmy.timed || this.#mdy.timed) sample.timed++;
			return;
		}
		if (parseBoolean(bytes, start, end) >= 0) sample.booleans++;
		else if (this.#time.parse(bytes, start, end) >= 0) sample.times++;
		else if (!this.#code(bytes, start, end) && fault === NOT_A_NUMBER) this.#texts++;
	}

	/** Notes a code, alone or after a number; answers whether it is one. */
	#code(bytes: Uint8Array, start: number, end: number): boolean {
		const { sample } = this;
		const found = codeIn(bytes, start, end, this.#latin);
		if (!found || sample.codes.size > MOST_CODES) return false;
		if (found.stop > start) {
			const comma = this.#comma.parse(bytes, start, found.stop);
			const isComma = comma === comma;
			const integer = isComma && !this.#comma.fractional && comma === (comma | 0);
			const point = this.#point.parse(bytes, start, found.stop);
			if (!isComma && point !== point) return false;
			if (isComma) sample.comma++;
			if (point === point) sample.point++;
			if (isComma && point !== point) sample.commaOnly++;
			if (point === point && !isComma) sample.pointOnly++;
			if (integer) sample.commaIntegers++;
			if (point === point && !this.#point.fractional && point === (point | 0))
				sample.pointIntegers++;
			sample.flagged++;
		} else sample.coded++;
		sample.codes.add(found.code);
		return true;
	}
}

/** Texts of a column after which no more of it are tried, when there was nothing else. */
const ENOUGH_TEXTS = 1000;

function isLongWord(bytes: Uint8Array, start: number, end: number): boolean {
	if (end - start <= LONGEST_WORD) return false;
	for (let i = start; i < end; i++) {
		const byte = bytes[i] as number;
		if (byte >= 48 && byte <= 57) return false;
	}
	return true;
}

/** `20240314`; other numbers of eight figures seldom are. */
function isCompactDate(value: number): boolean {
	if (!(value >= 19_000_101 && value <= 21_001_231)) return false;
	return !Number.isNaN(daysOf(Math.floor(value / 1e4), Math.floor(value / 100) % 100, value % 100));
}

export interface TypeGuess {
	readonly type: ImportType;
	readonly evidence: Evidence;
}

export const guessDecimal = (sample: ColumnSample, otherwise: DecimalMark): DecimalMark =>
	sample.commaOnly > sample.pointOnly ? ',' : sample.pointOnly > sample.commaOnly ? '.' : otherwise;

export const guessOrder = (sample: ColumnSample): DateOrder =>
	sample.mdy > sample.dmy ? 'mdy' : 'dmy';

/** @param header the column's name: a unit in it says what its numbers are */
export function guessType(
	sample: ColumnSample,
	decimal: DecimalMark,
	order: DateOrder,
	header = ''
): TypeGuess {
	const { values } = sample;
	const fitting = (fits: number): Evidence => ({
		code: fits === values ? 'all_fit' : 'most_fit',
		details: { fits, values }
	});
	const enough = (fits: number): boolean => fits > 0 && fits >= values * (1 - MISFIT_SHARE);
	if (values === 0) return { type: 'text', evidence: { code: 'empty', details: {} } };
	if (sample.booleans === values) return { type: 'boolean', evidence: fitting(values) };
	const dates = order === 'mdy' ? sample.mdy : sample.dmy;
	const others = sample.dates - dates;
	const conflict: Evidence = { code: 'day_conflict', details: { others, values } };
	if (sample.dates > sample.compact && enough(sample.dates + sample.compact)) {
		const type = sample.timed > 0 ? 'datetime' : 'date';
		const ambiguous = sample.ordered > 0 && sample.dmy === sample.mdy;
		return {
			type,
			evidence:
				others > 0
					? conflict
					: ambiguous
						? { code: 'day_ambiguous', details: { values: sample.ordered } }
						: sample.ordered > 0
							? { code: 'day_above_12', details: { fits: dates, values } }
							: fitting(dates + sample.compact)
		};
	}
	if (sample.leadingZeros > 0 && enough(sample.comma + sample.leadingZeros + sample.tooLong))
		return {
			type: 'text',
			evidence: { code: 'leading_zeros', details: { values: sample.leadingZeros } }
		};
	if (sample.tooLong > 0 && enough(sample.comma + sample.tooLong))
		return {
			type: 'text',
			evidence: { code: 'long_numbers', details: { values: sample.tooLong } }
		};
	const numbers = decimal === ',' ? sample.comma : sample.point;
	if (enough(numbers + sample.coded) && hasCodes(sample, numbers)) {
		const unit = unitOf(sample, numbers, header);
		return {
			type: unit?.type ?? numberType(sample, decimal, numbers),
			evidence: {
				code: 'codes_among',
				details: { codes: sample.coded + sample.flagged, values }
			}
		};
	}
	if (enough(numbers))
		return (
			unitOf(sample, numbers, header) ?? {
				type: numberType(sample, decimal, numbers),
				evidence: fitting(numbers)
			}
		);
	if (enough(sample.times))
		return { type: 'time', evidence: { code: 'times', details: { fits: sample.times, values } } };
	const most = Math.max(numbers, dates, sample.booleans);
	return most * 2 > values
		? { type: 'text', evidence: { code: 'mixed', details: { fits: most, values } } }
		: { type: 'text', evidence: { code: 'texts', details: {} } };
}

const numberType = (sample: ColumnSample, decimal: DecimalMark, numbers: number): ImportType =>
	(decimal === ',' ? sample.commaIntegers : sample.pointIntegers) === numbers
		? 'integer'
		: 'number';

/** Enough numbers, and few codes if any. */
export const mayHaveCodes = (sample: ColumnSample, numbers: number): boolean =>
	sample.codes.size <= MOST_CODES && numbers >= 3 && numbers >= sample.values * 0.6;

/** Few codes, beside numbers or among more numbers than codes: `F`, `NC`, `..`, `1 234 e`. */
const hasCodes = (sample: ColumnSample, numbers: number): boolean =>
	sample.coded + sample.flagged > 0 && mayHaveCodes(sample, numbers);

/** Dollars or percentages: most numbers say so, or the column's name does. */
function unitOf(sample: ColumnSample, numbers: number, header: string): TypeGuess | null {
	const said = (code: 'dollar_signs' | 'percent_signs', fits: number): Evidence => ({
		code,
		details: { fits, values: sample.values }
	});
	if (sample.money * 2 > numbers)
		return { type: 'money', evidence: said('dollar_signs', sample.money) };
	if (sample.percent * 2 > numbers)
		return { type: 'percent', evidence: said('percent_signs', sample.percent) };
	const unit: Evidence = { code: 'header_unit', details: {} };
	if (/\$|\bCAD\b/.test(header)) return { type: 'money', evidence: unit };
	if (header.includes('%')) return { type: 'percent', evidence: unit };
	return null;
}
