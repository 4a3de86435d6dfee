/**
 * Tells periods among texts: months (`2024-03`, `mars 2024`), quarters (`T3 2025`, `2025Q3`, `3e trimestre 2025`) and
 * years that go over the new year (`2024-2025`, `2024-25`). They are no dates; written one way, they are texts that
 * sort as time goes.
 */
import { spaceAt, WordReader } from './byte-words.ts';
import { monthOfWord } from './worded-date.ts';

export type PeriodKind = 'month' | 'quarter' | 'fiscal_year';
export interface Period {
	readonly kind: PeriodKind;
	/** `2024-03`, `2025-T3`, `2024-2025`. */
	readonly text: string;
}

const LONGEST = 40;

/** Words of a period, once letters that are no ASCII are gone. */
const QUARTER_FIRST = /^[tq] ?-?([1-4])[ ./-]{0,3}(\d{4})$/;
const QUARTER_LAST = /^(\d{4})[ ./-]{0,3}[tq]-?([1-4])$/;
const QUARTER_NAMED =
	/^(?:([1-4]) ?(?:er|re|e|eme|ieme|st|nd|rd|th)? (?:trimestre|quarter)|(?:trimestre|quarter) ([1-4]))(?: de| of)?,? (\d{4})$/;
const YEARS =
	/^(?:(?:exercice|saison|annee|season|fiscal year|fy|af) )?(\d{4}) ?[/-]{1,2} ?(\d{4}|\d{2})$/;
const MONTH_LAST = /^(\d{4}) ?[-/.m] ?(\d{1,2})$/;
const MONTH_FIRST = /^(\d{1,2}) ?[-/.] ?(\d{4})$/;
const MONTH_NAMED = /^([a-z]{3,10})\.?[ ,/-]{1,2}(\d{4})$/;
const NAMED_LAST = /^(\d{4})[ ,/-]{1,2}([a-z]{3,10})\.?$/;

const ACCENTS: Record<string, string> = { é: 'e', è: 'e', ê: 'e', û: 'u', ô: 'o', à: 'a' };

export class PeriodParser {
	readonly #decoder: TextDecoder;
	readonly #words = new WordReader(false);

	/** @param latin whether the bytes are windows-1252 rather than UTF-8 */
	constructor(latin = false) {
		this.#decoder = new TextDecoder(latin ? 'windows-1252' : 'utf-8');
	}

	/** The period that a cell is, or null. */
	parse(bytes: Uint8Array, start: number, end: number): Period | null {
		let from = start;
		let stop = end;
		while (stop > from && (bytes[stop - 1] as number) <= 0x20) stop--;
		for (let width = 1; from < stop && width > 0;) {
			width = (bytes[from] as number) <= 0x20 ? 1 : spaceAt(bytes, from, stop);
			from += width;
		}
		if (stop - from < 6 || stop - from > LONGEST) return null;
		// Every period ends or begins with a figure, and few texts do.
		if (!isDigit(bytes[from] as number) && !isDigit(bytes[stop - 1] as number)) return null;
		const text = this.#decoder
			.decode(bytes.subarray(from, stop))
			.toLowerCase()
			.replace(/[éèêûôà]/g, (letter) => ACCENTS[letter] ?? letter)
			.replace(/[\u2010-\u2015\u2212]/g, '-')
			.replace(/\s+/g, ' ')
			.trim();
		return this.#quarter(text) ?? this.#years(text) ?? this.#month(text);
	}

	#quarter(text: string): Period | null {
		let found = QUARTER_FIRST.exec(text);
		if (found) return quarter(found[2], found[1]);
		found = QUARTER_LAST.exec(text);
		if (found) return quarter(found[1], found[2]);
		found = QUARTER_NAMED.exec(text);
		return found ? quarter(found[3], found[1] ?? found[2]) : null;
	}

	#years(text: string): Period | null {
		const found = YEARS.exec(text);
		if (!found) return null;
		const [, first = '', second = ''] = found;
		const next = Number(first) + 1;
		const short = second.length === 2;
		// `2011-12` is a month.
		if (short ? next % 100 !== Number(second) || Number(second) <= 12 : next !== Number(second))
			return null;
		return isYear(first) ? { kind: 'fiscal_year', text: `${first}-${String(next)}` } : null;
	}

	#month(text: string): Period | null {
		let found = MONTH_LAST.exec(text);
		if (found) return month(found[1], Number(found[2]));
		found = MONTH_FIRST.exec(text);
		if (found) return month(found[2], Number(found[1]));
		found = MONTH_NAMED.exec(text);
		if (found) return month(found[2], this.#named(found[1]));
		found = NAMED_LAST.exec(text);
		return found ? month(found[1], this.#named(found[2])) : null;
	}

	#named(word = ''): number {
		const bytes = new TextEncoder().encode(word);
		return monthOfWord(this.#words.read(bytes, 0, bytes.length));
	}
}

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;

/** Centuries that data is about: `0001-02` and `9999-12` are something else. */
const isYear = (year: string): boolean => year >= '1700' && year < '2200';

const quarter = (year = '', n = ''): Period | null =>
	isYear(year) ? { kind: 'quarter', text: `${year}-T${n}` } : null;

const month = (year = '', n: number): Period | null =>
	isYear(year) && n >= 1 && n <= 12
		? { kind: 'month', text: `${year}-${String(n).padStart(2, '0')}` }
		: null;
