/**
 * Reads XML as it comes, a piece at a time, on bytes: tags, attributes and texts are places in a window, and no string
 * or node is made of them. Names are told without their prefixes. It knows no document types: one that declares any is
 * refused, so the only entities are the five of XML and numbers. Tags have to balance; their names are not compared.
 */
import { InvalidError } from '../../../core/errors.ts';
import { MAX_CELL_BYTES } from '../csv-scanner.ts';

/** The piece is used up: feed another. */
export const MORE = 0;
export const OPEN = 1;
export const CLOSE = 2;
export const TEXT = 3;
/** A text as it is, without entities. */
export const CDATA = 4;
export type Token = typeof MORE | typeof OPEN | typeof CLOSE | typeof TEXT | typeof CDATA;

const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const COLON = 0x3a;
const EQUALS = 0x3d;
const BANG = 0x21;
const QUESTION = 0x3f;
const DASH = 0x2d;
const BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;

/** A piece, and what was left of the one before; it grows for a token that is longer. */
const WINDOW = 131_072;
const MAX_TAG_BYTES = 65_536;
const MAX_ATTRIBUTES = 256;

export const damagedXml = (why: string): InvalidError => new InvalidError('file_damaged', { why });

export class XmlTokens {
	/** The window that all places are in. It may be another one after each `feed`. */
	bytes: Uint8Array<ArrayBuffer> = new Uint8Array(0);
	/** Of an opening or closing tag: its name without a prefix. Of a text: the text. */
	start = 0;
	end = 0;
	/** Of an opening tag: nothing comes before its end; no closing tag is told. */
	empty = false;
	/** Of an opening tag: four places for each attribute, its name without prefix and its value. */
	readonly attributes = new Int32Array(4 * MAX_ATTRIBUTES);
	attributeCount = 0;
	/** Tags that are open. */
	depth = 0;
	/** Where the next token begins: a reader that knows what comes may read on by itself and say where it stopped. */
	at = 0;
	/** Where the window's bytes end. */
	stop = 0;

	#last = false;
	#begun = false;
	/** Of a comment, a CDATA section or an instruction that the window cuts: how far it was looked through; 0 for none. */
	#seen = 0;

	/** Gives the next piece, which is copied; `last` when there is no other. */
	feed(piece: Uint8Array, last: boolean): void {
		this.#last = last;
		const kept = this.stop - this.at;
		if (kept + piece.length > this.bytes.length) {
			const wider = new Uint8Array(Math.max(WINDOW, kept + piece.length, 2 * kept));
			wider.set(this.bytes.subarray(this.at, this.stop));
			this.bytes = wider;
		} else if (this.at > 0) this.bytes.copyWithin(0, this.at, this.stop);
		this.bytes.set(piece, kept);
		this.at = 0;
		this.stop = kept + piece.length;
		if (!this.#begun) this.#skipMark();
	}

	#skipMark(): void {
		if (this.stop < 3 && !this.#last) return;
		this.#begun = true;
		if (this.bytes[0] === 0xef && this.bytes[1] === 0xbb && this.bytes[2] === 0xbf) this.at = 3;
	}

	/**
	 * The next token; comments and instructions are passed over.
	 * @throws InvalidError `file_damaged` (why), `sheet_cell_too_long` (megabytes)
	 */
	next(): Token {
		const bytes = this.bytes;
		const stop = this.stop;
		for (;;) {
			const i = this.at;
			if (i >= stop) return this.#ran();
			if (bytes[i] !== LESS) return this.#text(i);
			if (i + 1 >= stop) return this.#short(i);
			const second = bytes[i + 1];
			if (second === SLASH) return this.#closing(i);
			if (second === QUESTION) {
				if (!this.#passOver(i, i + 2, QUESTION, -1)) return this.#short(i);
			} else if (second === BANG) {
				const token = this.#marked(i);
				if (token >= 0) return token as Token;
			} else return this.#opening(i);
		}
	}

	/** Whether the name or value at `start .. end` is that ASCII text. */
	is(text: Uint8Array, start = this.start, end = this.end): boolean {
		if (end - start !== text.length) return false;
		for (let i = 0; i < text.length; i++) if (this.bytes[start + i] !== text[i]) return false;
		return true;
	}

	/** Place in `attributes` of the attribute with that name, or -1. */
	attribute(name: Uint8Array): number {
		for (let a = 0; a < this.attributeCount; a++)
			if (this.is(name, this.attributes[4 * a] as number, this.attributes[4 * a + 1] as number))
				return 4 * a;
		return -1;
	}

	#ran(): Token {
		if (this.#last && this.depth !== 0) throw damagedXml('tags left open');
		return MORE;
	}

	/** A token that goes on past the window. */
	#short(from: number): Token {
		if (this.#last) throw damagedXml('cut short');
		if (this.stop - from > MAX_CELL_BYTES + MAX_TAG_BYTES)
			throw new InvalidError('sheet_cell_too_long', { megabytes: MAX_CELL_BYTES / 1e6 });
		return MORE;
	}

	#text(i: number): Token {
		let end = i + 1;
		// Most texts are a few digits; a long one is looked through by the platform.
		const near = Math.min(this.stop, i + 48);
		while (end < near && this.bytes[end] !== LESS) end++;
		if (end === near) {
			end = this.bytes.indexOf(LESS, end);
			if (end < 0 || end >= this.stop) {
				if (!this.#last) return this.#short(i);
				end = this.stop;
			}
		}
		if (end - i > MAX_CELL_BYTES)
			throw new InvalidError('sheet_cell_too_long', { megabytes: MAX_CELL_BYTES / 1e6 });
		this.start = i;
		this.end = end;
		this.at = end;
		return TEXT;
	}

	/** Past `first second >`, where `second` may be any (-1: none); false when that is beyond the window. */
	#passOver(open: number, from: number, first: number, second: number): boolean {
		let i = Math.max(from, open + this.#seen);
		for (;;) {
			i = this.bytes.indexOf(GREATER, i);
			if (i < 0 || i >= this.stop) {
				// The next piece moves the window, and goes on from here.
				this.#seen = this.stop - open;
				return false;
			}
			const before = second < 0 ? i - 1 >= from : i - 2 >= from && this.bytes[i - 2] === second;
			if (before && this.bytes[i - 1] === first) break;
			i++;
		}
		if (i - open > MAX_CELL_BYTES)
			throw new InvalidError('sheet_cell_too_long', { megabytes: MAX_CELL_BYTES / 1e6 });
		this.at = i + 1;
		this.#seen = 0;
		return true;
	}

	/** `<!…`: a comment (-1: passed over), a CDATA section, or a document type. */
	#marked(i: number): Token | -1 {
		const { bytes } = this;
		if (i + 9 > this.stop && !this.#last) return MORE;
		if (bytes[i + 2] === DASH && bytes[i + 3] === DASH)
			return this.#passOver(i, i + 4, DASH, DASH) ? -1 : this.#short(i);
		if (bytes[i + 2] === BRACKET && bytes[i + 8] === BRACKET) {
			if (!this.#passOver(i, i + 9, CLOSING_BRACKET, CLOSING_BRACKET)) return this.#short(i);
			this.start = i + 9;
			this.end = this.at - 3;
			return CDATA;
		}
		throw damagedXml('document type');
	}

	#closing(i: number): Token {
		const { bytes, stop } = this;
		let start = i + 2;
		let end = start;
		for (; end < stop; end++) {
			const byte = bytes[end] as number;
			if (byte === GREATER) break;
			if (byte === COLON) start = end + 1;
		}
		if (end - i > MAX_TAG_BYTES) throw damagedXml('tag too long');
		if (end >= stop) return this.#short(i);
		if (--this.depth < 0) throw damagedXml('tag closed twice');
		this.at = end + 1;
		while (end > start && (bytes[end - 1] as number) <= 0x20) end--;
		this.start = start;
		this.end = end;
		return CLOSE;
	}

	#opening(i: number): Token {
		const { bytes, stop, attributes } = this;
		let at = i + 1;
		let start = at;
		for (; at < stop; at++) {
			const byte = bytes[at] as number;
			if (byte <= 0x20 || byte === GREATER || byte === SLASH) break;
			if (byte === COLON) start = at + 1;
		}
		const end = at;
		let count = 0;
		let byte: number;
		for (;;) {
			while (at < stop && (bytes[at] as number) <= 0x20) at++;
			if (at - i > MAX_TAG_BYTES) throw damagedXml('tag too long');
			if (at >= stop) return this.#short(i);
			byte = bytes[at] as number;
			if (byte === GREATER || byte === SLASH) break;
			let name = at;
			for (; at < stop; at++) {
				byte = bytes[at] as number;
				if (byte === EQUALS || byte <= 0x20 || byte === GREATER) break;
				if (byte === COLON) name = at + 1;
			}
			const nameEnd = at;
			while (at < stop && (bytes[at] as number) <= 0x20) at++;
			if (at >= stop) return this.#short(i);
			if (bytes[at] !== EQUALS) throw damagedXml('attribute');
			at++;
			while (at < stop && (bytes[at] as number) <= 0x20) at++;
			if (at >= stop) return this.#short(i);
			const quote = bytes[at] as number;
			if (quote !== 0x22 && quote !== 0x27) throw damagedXml('attribute');
			const value = ++at;
			while (at < stop && bytes[at] !== quote) at++;
			if (at - i > MAX_TAG_BYTES) throw damagedXml('tag too long');
			if (at >= stop) return this.#short(i);
			if (count === MAX_ATTRIBUTES) throw damagedXml('attributes');
			const place = 4 * count++;
			attributes[place] = name;
			attributes[place + 1] = nameEnd;
			attributes[place + 2] = value;
			attributes[place + 3] = at;
			at++;
		}
		this.empty = byte === SLASH;
		if (this.empty) {
			if (at + 1 >= stop) return this.#short(i);
			if (bytes[++at] !== GREATER) throw damagedXml('tag');
		} else this.depth++;
		if (end === start) throw damagedXml('tag without a name');
		this.start = start;
		this.end = end;
		this.attributeCount = count;
		this.at = at + 1;
		return OPEN;
	}
}
