/** A column of texts from the batches of an Arrow field, or from texts that others make; each distinct one kept once. */
import type { Column, TextDictionary } from '../../column.ts';
import { TextInterner } from '../../text-interner.ts';
import { invalidUtf8At } from '../../utf8.ts';
import { isValid, viewOf, type ArrowArray } from './arrow-array.ts';
import { unreadable, type IntType } from './arrow-type.ts';
import { codeReader, TextPlaces } from './code-reader.ts';
import type { DecodingBudget } from './decoding-budget.ts';
import { cut, grown, Validity } from './growing-values.ts';
import { checkProven, provenBytes } from './proven-texts.ts';

/** Bytes of texts read between two looks at the budget. */
const SETTLED_EVERY = 1 << 24;

export class TextAppender {
	readonly asText = 0;
	readonly nested = 0;
	readonly blanks = null;
	readonly #validity = new Validity();
	readonly #interner = new TextInterner();
	readonly #budget: DecodingBudget;
	readonly #kind: 'null' | 'text' | 'binary';
	readonly #encoder = new TextEncoder();
	#codes: Int32Array<ArrayBuffer>;
	#held = 0;
	/** Bytes that the texts of the arrays so far may take; none is said by those that others make. */
	#proven = 0;
	#pushed = 0;
	#unsettled = 0;
	/** The dictionary whose codes were last translated, and what they became; -1 where not yet known. */
	#dictionary: ArrowArray | null = null;
	#translated = new Int32Array(0);

	constructor(kind: 'null' | 'text' | 'binary', budget: DecodingBudget, rows: number) {
		this.#kind = kind;
		this.#budget = budget;
		budget.hold(rows * 4);
		this.#codes = new Int32Array(rows);
	}

	append(array: ArrowArray): void {
		const from = this.#validity.rows;
		this.#codes = grown(this.#codes, from + array.length, this.#budget);
		if (this.#kind === 'null') {
			// No bit is set: every row is missing.
			this.#validity.append(new Uint8Array((array.length + 7) >> 3), array.length);
			return;
		}
		if (array.field.dictionary) {
			this.#validity.append(array.valid, array.length);
			this.#throughDictionary(array, from);
		} else {
			const codes = this.#codes;
			const { valid, length } = array;
			const places = new TextPlaces(array);
			this.#proven += provenBytes(array);
			this.#validity.append(valid, length);
			for (let i = 0; i < length; i++) {
				if (valid !== null && !isValid(valid, i)) continue;
				places.seek(i);
				codes[from + i] = this.#interner.intern(
					places.bytes,
					places.view,
					places.start,
					places.end
				);
				this.#unsettled += places.end - places.start;
				if (this.#unsettled > SETTLED_EVERY) this.#settle();
			}
		}
		this.#settle();
	}

	#throughDictionary(array: ArrowArray, from: number): void {
		const { dictionary, length, valid } = array;
		if (!dictionary) throw unreadable('no dictionary');
		if (dictionary !== this.#dictionary) {
			this.#translateNext(dictionary);
		}
		const translated = this.#translated;
		const codes = this.#codes;
		const codeOf = codeReader(array);
		const places = new TextPlaces(dictionary);
		const { codes: type } = array.field.dictionary as { codes: IntType };
		// The commonest kind, read without a call a row.
		const plain = type.bytes === 4 ? viewOf(Int32Array, array.buffers[0], length) : null;
		for (let i = 0; i < length; i++) {
			if (valid !== null && !isValid(valid, i)) continue;
			const code = plain ? (plain[i] as number) : codeOf(i);
			// Most codes were met before; one that no text has is no place of the translation either.
			const known = translated[code];
			if (known !== undefined && known >= 0) {
				codes[from + i] = known;
				continue;
			}
			if (!(code >= 0 && code < dictionary.length)) throw unreadable('code');
			let ours = translated[code] as number;
			if (ours < 0) {
				if (!isValid(dictionary.valid, code)) {
					this.#validity.miss(from + i);
					continue;
				}
				places.seek(code);
				ours = this.#interner.intern(places.bytes, places.view, places.start, places.end);
				translated[code] = ours;
				this.#unsettled += places.end - places.start;
				if (this.#unsettled > SETTLED_EVERY) this.#settle();
			}
			codes[from + i] = ours;
		}
	}

	/** Of a dictionary that only grew, what was translated stays so. */
	#translateNext(dictionary: ArrowArray): void {
		const before = this.#dictionary;
		const known = this.#translated.length;
		this.#dictionary = dictionary;
		this.#proven += provenBytes(dictionary);
		if (before && before.joined && before.joined === dictionary.joined) {
			this.#proven -= provenBytes(before);
			this.#translated = grown(this.#translated, dictionary.length, this.#budget);
			this.#translated.fill(-1, known);
			return;
		}
		this.#budget.release(known * 4);
		this.#budget.hold(dictionary.length * 4);
		this.#translated = new Int32Array(dictionary.length).fill(-1);
	}

	/** One more row. */
	push(text: string | null): void {
		const row = this.#validity.rows;
		this.#codes = grown(this.#codes, row + 1, this.#budget);
		this.#validity.append(text === null ? NONE : null, 1);
		if (text === null) return;
		const bytes = this.#encoder.encode(text);
		this.#codes[row] = this.#interner.intern(bytes, new DataView(bytes.buffer), 0, bytes.length);
		this.#pushed += bytes.length;
		this.#unsettled += bytes.length;
		if (this.#unsettled > SETTLED_EVERY) this.#settle();
	}

	#settle(): void {
		this.#budget.read(this.#unsettled);
		this.#unsettled = 0;
		const { byteLength, size } = this.#interner;
		checkProven(byteLength - this.#pushed, this.#proven);
		const held = byteLength + size * 12;
		this.#budget.hold(held - this.#held);
		this.#held = held;
	}

	/** null: binary values that are no texts. */
	finish(name: string): Column | null {
		this.#settle();
		const base = this.#validity.finish();
		const codes = cut(this.#codes, base.length);
		const dictionary = this.#interner.dictionary();
		const wellFormed = areTexts(dictionary);
		if (this.#kind === 'binary' && (!wellFormed || dictionary.bytes.includes(0))) return null;
		const column = { name, ...base, type: 'text' as const };
		if (wellFormed) return { ...column, codes, dictionary };
		const { mended, moved } = mend(dictionary);
		for (let row = 0; row < codes.length; row++) codes[row] = moved[codes[row] as number] ?? 0;
		return { ...column, codes, dictionary: mended };
	}
}
const NONE = Uint8Array.of(0);

/** Whether every text of a dictionary is UTF-8, none ending in the middle of a character. */
function areTexts({ offsets, bytes }: TextDictionary): boolean {
	if (invalidUtf8At(bytes) >= 0) return false;
	for (const start of offsets)
		if (start < bytes.length && ((bytes[start] as number) & 0xc0) === 0x80) return false;
	return true;
}

/** What is no character becomes U+FFFD; texts that are then the same become one. */
function mend({ offsets, bytes }: TextDictionary): { mended: TextDictionary; moved: Int32Array } {
	const interner = new TextInterner();
	const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	const encoder = new TextEncoder();
	const moved = new Int32Array(offsets.length - 1);
	for (let code = 0; code < moved.length; code++) {
		const text = encoder.encode(decoder.decode(bytes.subarray(offsets[code], offsets[code + 1])));
		moved[code] = interner.intern(text, new DataView(text.buffer), 0, text.length);
	}
	return { mended: interner.dictionary(), moved };
}
