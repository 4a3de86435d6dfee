/** Guesses a column's type from the cells at the beginning of the file, and says what speaks for it. */
import type { DateOrder, DecimalMark, Evidence, ImportType } from '../../core/protocol/import.ts';
import { Unquoted } from './column-builder.ts';
import type { MissingTexts } from './missing-texts.ts';
import { parseBoolean } from '../values/parse-boolean.ts';
import { DateParser } from '../values/parse-date.ts';
import { LEADING_ZERO, NumberParser, TOO_LONG } from '../values/parse-number.ts';

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
	/** Dates that do not begin with their year. */
	ordered: number;
	timed: number;
}

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
		ordered: 0,
		timed: 0
	};
	readonly #comma: NumberParser;
	readonly #point: NumberParser;
	readonly #dmy = new DateParser('dmy');
	readonly #mdy = new DateParser('mdy');
	readonly #missing: MissingTexts;
	readonly #unquoted = new Unquoted();

	constructor(missing: MissingTexts, latin: boolean) {
		this.#missing = missing;
		this.#comma = new NumberParser(',', latin);
		this.#point = new NumberParser('.', latin);
	}

	/** `end` as the scanner gives it. */
	add(text: Uint8Array, from: number, to: number): void {
		const plain = to < 0 ? this.#unquoted.of(text, from, ~to) : null;
		const bytes = plain?.bytes ?? text;
		const start = plain ? 0 : from;
		const end = plain?.end ?? to;
		const { sample } = this;
		if (this.#missing.match(bytes, start, end) !== -1) return;
		sample.values++;
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
			return;
		}
		if (fault === LEADING_ZERO) sample.leadingZeros++;
		else if (fault === TOO_LONG) sample.tooLong++;
		const dmy = this.#dmy.parse(bytes, start, end);
		const mdy = this.#mdy.parse(bytes, start, end);
		if (!Number.isNaN(dmy) || !Number.isNaN(mdy)) {
			if (!Number.isNaN(dmy)) sample.dmy++;
			if (!Number.isNaN(mdy)) sample.mdy++;
			if (!this.#dmy.yearFirst) sample.ordered++;
			if (this.#dmy.timed || this.#mdy.timed) sample.timed++;
			return;
		}
		if (parseBoolean(bytes, start, end) >= 0) sample.booleans++;
	}
}

export interface TypeGuess {
	readonly type: ImportType;
	readonly evidence: Evidence;
}

export const guessDecimal = (sample: ColumnSample, otherwise: DecimalMark): DecimalMark =>
	sample.commaOnly > sample.pointOnly ? ',' : sample.pointOnly > sample.commaOnly ? '.' : otherwise;

export const guessOrder = (sample: ColumnSample): DateOrder =>
	sample.mdy > sample.dmy ? 'mdy' : 'dmy';

export function guessType(sample: ColumnSample, decimal: DecimalMark, order: DateOrder): TypeGuess {
	const { values } = sample;
	const fitting = (fits: number): Evidence => ({
		code: fits === values ? 'all_fit' : 'most_fit',
		details: { fits, values }
	});
	const enough = (fits: number): boolean => fits > 0 && fits >= values * (1 - MISFIT_SHARE);
	if (values === 0) return { type: 'text', evidence: { code: 'empty', details: {} } };
	if (sample.booleans === values) return { type: 'boolean', evidence: fitting(values) };
	const dates = order === 'mdy' ? sample.mdy : sample.dmy;
	if (enough(dates)) {
		const type = sample.timed > 0 ? 'datetime' : 'date';
		const ambiguous = sample.ordered > 0 && sample.dmy === sample.mdy;
		return {
			type,
			evidence: ambiguous
				? { code: 'day_ambiguous', details: { values: sample.ordered } }
				: sample.ordered > 0
					? { code: 'day_above_12', details: { fits: dates, values } }
					: fitting(dates)
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
	if (enough(numbers)) {
		const integers = decimal === ',' ? sample.commaIntegers : sample.pointIntegers;
		return { type: integers === numbers ? 'integer' : 'number', evidence: fitting(numbers) };
	}
	const most = Math.max(numbers, dates, sample.booleans);
	return most * 2 > values
		? { type: 'text', evidence: { code: 'mixed', details: { fits: most, values } } }
		: { type: 'text', evidence: { code: 'texts', details: {} } };
}
