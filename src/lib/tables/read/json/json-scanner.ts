/**
 * Goes through the bytes of a JSON document (RFC 8259), strictly, without making a value of anything: a caller asks
 * what comes next and where it ends. Nesting is followed with a stack of bits, so depth costs no call.
 */
import { InvalidError } from '../../../core/errors.ts';

/** Objects and arrays within one another. */
export const MAX_NESTING = 1_000;

export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const OPEN_ARRAY = 0x5b;
export const CLOSE_ARRAY = 0x5d;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const MINUS = 0x2d;
const END = -1;

export class JsonScanner {
	readonly bytes: Uint8Array<ArrayBuffer>;
	/** Where the next byte is read. */
	at = 0;
	/** Of the string last gone through: whether it has escapes. */
	escaped = false;
	/** Of the number last gone through: whether it has neither fraction nor exponent. */
	whole = false;
	readonly #stack = new Uint8Array(MAX_NESTING);

	constructor(bytes: Uint8Array<ArrayBuffer>) {
		this.bytes = bytes;
	}

	/** The next byte that is no white space, left to be read; -1 at the end. */
	peek(): number {
		const { bytes } = this;
		let at = this.at;
		let byte = bytes[at];
		while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) byte = bytes[++at];
		this.at = at;
		return byte ?? END;
	}

	/**
	 * @throws InvalidError `json_truncated`, `json_comment`, `json_nan`, `json_quotes`, `json_trailing_comma`,
	 *   `json_malformed`, each with the `line` and `column` of the byte at fault
	 */
	fail(code = this.#fault()): never {
		throw new InvalidError(code, this.place());
	}

	/** Line and column, from 1, of where it stands; signs counted, not bytes. */
	place(): { line: number; column: number } {
		let line = 1;
		let from = 0;
		const stop = Math.min(this.at, this.bytes.length);
		for (let i = 0; i < stop; i++)
			if (this.bytes[i] === 0x0a) {
				line++;
				from = i + 1;
			}
		let column = 1;
		for (let i = from; i < stop; i++) if (((this.bytes[i] as number) & 0xc0) !== 0x80) column++;
		return { line, column };
	}

	#fault(): string {
		const byte = this.bytes[this.at];
		if (byte === undefined) return 'json_truncated';
		if (byte === 0x2f || byte === 0x23) return 'json_comment';
		if (byte === 0x27) return 'json_quotes';
		// NaN, Infinity, -Infinity, +1, undefined.
		if (byte === 0x4e && this.bytes[this.at + 1] === 0x61) return 'json_nan';
		if (byte === 0x49 || (byte === MINUS && this.bytes[this.at + 1] === 0x49)) return 'json_nan';
		return 'json_malformed';
	}

	/** Goes past a string; it begins here. */
	skipString(): void {
		const { bytes } = this;
		let at = this.at + 1;
		let escaped = false;
		for (;;) {
			const byte = bytes[at];
			if (byte === undefined) {
				this.at = bytes.length;
				this.fail('json_truncated');
			}
			if (byte === QUOTE) break;
			if (byte === BACKSLASH) {
				escaped = true;
				at = this.#escape(at + 1);
			} else if (byte < 0x20) {
				this.at = at;
				this.fail('json_malformed');
			} else at++;
		}
		this.escaped = escaped;
		this.at = at + 1;
	}

	/** @returns where the escape ends whose letter is at `at` */
	#escape(at: number): number {
		switch (this.bytes[at]) {
			case 0x22:
			case 0x5c:
			case 0x2f:
			case 0x62:
			case 0x66:
			case 0x6e:
			case 0x72:
			case 0x74:
				return at + 1;
			case 0x75:
				for (let i = at + 1; i <= at + 4; i++)
					if (hexDigit(this.bytes[i]) < 0) {
						this.at = i;
						this.fail(i < this.bytes.length ? 'json_malformed' : 'json_truncated');
					}
				return at + 5;
			default:
				this.at = at;
				return this.fail(at < this.bytes.length ? 'json_malformed' : 'json_truncated');
		}
	}

	/** Goes past a number, `true`, `false` or `null`; it begins here. */
	skipPlain(): void {
		const { bytes } = this;
		const first = bytes[this.at] as number;
		if (first === 0x74) return this.#word('true');
		if (first === 0x66) return this.#word('false');
		if (first === 0x6e) return this.#word('null');
		let at = this.at;
		let byte: number | undefined = first;
		if (byte === MINUS) byte = bytes[++at];
		if (byte === 0x30) byte = bytes[++at];
		else if (isDigit(byte))
			do byte = bytes[++at];
			while (isDigit(byte));
		else {
			if (byte === undefined) this.at = at;
			this.fail();
		}
		let whole = true;
		if (byte === 0x2e) {
			whole = false;
			byte = bytes[++at];
			if (!isDigit(byte)) this.#failAt(at);
			do byte = bytes[++at];
			while (isDigit(byte));
		}
		if (byte === 0x65 || byte === 0x45) {
			whole = false;
			byte = bytes[++at];
			if (byte === 0x2b || byte === MINUS) byte = bytes[++at];
			if (!isDigit(byte)) this.#failAt(at);
			do byte = bytes[++at];
			while (isDigit(byte));
		}
		this.whole = whole;
		this.at = at;
	}

	#failAt(at: number): never {
		this.at = at;
		return this.fail();
	}

	#word(word: string): void {
		for (let i = 0; i < word.length; i++)
			if (this.bytes[this.at + i] !== word.charCodeAt(i)) {
				this.at += i;
				this.fail(this.at < this.bytes.length ? 'json_malformed' : 'json_truncated');
			}
		this.at += word.length;
	}

	/** Goes past a key and its colon. The key lies, without its quotation marks, at `keyStart .. keyEnd`. */
	key(): void {
		if (this.peek() !== QUOTE) this.fail();
		this.keyStart = this.at + 1;
		this.skipString();
		this.keyEnd = this.at - 1;
		this.keyEscaped = this.escaped;
		if (this.peek() !== COLON) this.fail();
		this.at++;
	}
	keyStart = 0;
	keyEnd = 0;
	keyEscaped = false;

	/** After `{`, or after a value in an object: whether a member follows, of which the key is then read. */
	member(first: boolean): boolean {
		if (!this.#goesOn(first, CLOSE_OBJECT)) return false;
		this.key();
		return true;
	}

	/** After `[`, or after a value in an array: whether an element follows. */
	element(first: boolean): boolean {
		return this.#goesOn(first, CLOSE_ARRAY);
	}

	#goesOn(first: boolean, close: number): boolean {
		const byte = this.peek();
		if (byte === close) {
			this.at++;
			return false;
		}
		if (first) return true;
		if (byte !== COMMA) this.fail();
		this.at++;
		if (this.peek() === close) this.fail('json_trailing_comma');
		return true;
	}

	/** Goes past whatever value comes next. */
	skipValue(): void {
		const stack = this.#stack;
		let depth = 0;
		for (;;) {
			let byte = this.peek();
			let opened = false;
			if (byte === QUOTE) this.skipString();
			else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
				if (depth === MAX_NESTING)
					throw new InvalidError('json_too_deep', { max: MAX_NESTING, ...this.place() });
				this.at++;
				stack[depth] = byte;
				opened = byte === OPEN_OBJECT ? this.member(true) : this.element(true);
				if (opened) depth++;
			} else if (byte === END) this.fail('json_truncated');
			else this.skipPlain();
			while (!opened) {
				if (depth === 0) return;
				byte = stack[depth - 1] as number;
				opened = byte === OPEN_OBJECT ? this.member(false) : this.element(false);
				if (!opened) depth--;
			}
		}
	}

	/** The text of a string gone through, between its quotation marks. */
	text(start: number, end: number, escaped: boolean): string {
		if (!escaped)
			return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.bytes.subarray(start, end));
		const out = new Uint8Array(end - start);
		return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
			out.subarray(0, unescapeInto(this.bytes, start, end, out, 0))
		);
	}
}

const isDigit = (byte: number | undefined): boolean =>
	byte !== undefined && byte >= 0x30 && byte <= 0x39;

function hexDigit(byte: number | undefined): number {
	if (byte === undefined) return -1;
	if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
	const letter = byte | 0x20;
	return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** What stands for each letter after a backslash. */
const ESCAPES = new Uint8Array(128);
for (const [letter, byte] of [
	[0x22, 0x22],
	[0x5c, 0x5c],
	[0x2f, 0x2f],
	[0x62, 0x08],
	[0x66, 0x0c],
	[0x6e, 0x0a],
	[0x72, 0x0d],
	[0x74, 0x09]
] as const)
	ESCAPES[letter] = byte;

const unitAt = (bytes: Uint8Array, at: number): number =>
	(hexDigit(bytes[at]) << 12) |
	(hexDigit(bytes[at + 1]) << 8) |
	(hexDigit(bytes[at + 2]) << 4) |
	hexDigit(bytes[at + 3]);

/**
 * Writes the UTF-8 of a string whose escapes were checked (never more bytes than it is written with); a surrogate
 * without its other half becomes U+FFFD.
 *
 * @returns where it ends in `out`
 */
export function unescapeInto(
	bytes: Uint8Array,
	start: number,
	end: number,
	out: Uint8Array,
	to: number
): number {
	for (let at = start; at < end;) {
		const byte = bytes[at++] as number;
		if (byte !== BACKSLASH) {
			out[to++] = byte;
			continue;
		}
		const letter = bytes[at++] as number;
		if (letter !== 0x75) {
			out[to++] = ESCAPES[letter] as number;
			continue;
		}
		let point = unitAt(bytes, at);
		at += 4;
		if (point >= 0xd800 && point <= 0xdbff && bytes[at] === BACKSLASH && bytes[at + 1] === 0x75) {
			const low = unitAt(bytes, at + 2);
			if (low >= 0xdc00 && low <= 0xdfff) {
				point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
				at += 6;
			}
		}
		if (point >= 0xd800 && point <= 0xdfff) point = 0xfffd;
		if (point < 0x80) out[to++] = point;
		else if (point < 0x800) {
			out[to++] = 0xc0 | (point >> 6);
			out[to++] = 0x80 | (point & 0x3f);
		} else if (point < 0x10000) {
			out[to++] = 0xe0 | (point >> 12);
			out[to++] = 0x80 | ((point >> 6) & 0x3f);
			out[to++] = 0x80 | (point & 0x3f);
		} else {
			out[to++] = 0xf0 | (point >> 18);
			out[to++] = 0x80 | ((point >> 12) & 0x3f);
			out[to++] = 0x80 | ((point >> 6) & 0x3f);
			out[to++] = 0x80 | (point & 0x3f);
		}
	}
	return to;
}
