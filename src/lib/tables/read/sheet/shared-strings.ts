/**
 * The texts that a workbook keeps once for all its sheets (`sharedStrings.xml`), and those that a cell holds itself:
 * runs of formatted text are joined, the reading aids of Japanese (`rPh`) are left out.
 */
import { InvalidError } from '../../../core/errors.ts';
import { ARROW_LIMITS } from '../../check-arrow.ts';
import { invalidUtf8At } from '../../utf8.ts';
import { cleanText } from './cell-values.ts';
import { GrowingText } from './growing-text.ts';
import { copyText } from './xml-text.ts';
import { CDATA, CLOSE, MORE, OPEN, TEXT, type XmlTokens } from './xml-tokens.ts';
import { ascii } from './ascii.ts';

const SI = ascii('si');
const T = ascii('t');
const RPH = ascii('rPh');
const SPACE = ascii('space');
const PRESERVE = ascii('preserve');

const ITEM = ascii('<si><t>');
const ITEM_END = ascii('</t></si>');
const LONGEST_PLAIN = 32_768;

const MAX_TEXTS = 16_000_000;

/** Follows the elements of one text (`si` or `is`) and puts what they say at the end of a `GrowingText`. */
export class RichText {
	#phonetic = 0;
	#inText = false;
	#preserve = false;
	#from = 0;
	#textFrom = 0;

	begin(out: GrowingText): void {
		this.#from = out.length;
		this.#phonetic = 0;
		this.#inText = false;
	}

	open(tokens: XmlTokens): void {
		if (tokens.empty) return;
		if (tokens.is(RPH)) this.#phonetic = tokens.depth;
		else if (this.#phonetic === 0 && tokens.is(T)) {
			this.#inText = true;
			this.#textFrom = -1;
			this.#preserve = false;
			if (tokens.attributeCount > 0) {
				const at = tokens.attribute(SPACE);
				this.#preserve =
					at >= 0 && tokens.is(PRESERVE, tokens.attributes[at + 2], tokens.attributes[at + 3]);
			}
		}
	}

	text(tokens: XmlTokens, out: GrowingText, raw: boolean): void {
		if (!this.#inText) return;
		const { bytes, start, end } = tokens;
		out.room(end - start + 64);
		if (this.#textFrom < 0) this.#textFrom = out.length;
		if (raw) {
			out.bytes.set(bytes.subarray(start, end), out.length);
			out.length += end - start;
		} else out.length = copyText(bytes, start, end, out.bytes, out.length);
	}

	close(tokens: XmlTokens, out: GrowingText): void {
		if (this.#phonetic > tokens.depth) this.#phonetic = 0;
		if (!this.#inText || !tokens.is(T)) return;
		this.#inText = false;
		if (!this.#preserve && this.#textFrom >= 0) trim(out, this.#textFrom);
	}

	/** The text is whole: what no cell may contain is replaced. */
	finish(out: GrowingText): void {
		cleanText(out, this.#from, true);
	}
}

const blank = (byte: number | undefined): boolean =>
	byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;

/** Spaces around a text count only where it says so (`xml:space="preserve"`). */
function trim(out: GrowingText, from: number): void {
	while (out.length > from && blank(out.bytes[out.length - 1])) out.length--;
	let start = from;
	while (start < out.length && blank(out.bytes[start])) start++;
	if (start > from) {
		out.bytes.copyWithin(from, start, out.length);
		out.length -= start - from;
	}
}

export class SharedStrings {
	/** Text `i` is `text.bytes[offsets[i] .. offsets[i + 1])`. */
	readonly text = new GrowingText(ARROW_LIMITS.bytes);
	offsets = new Int32Array(1025);
	count = 0;
	readonly #rich = new RichText();
	#inItem = false;
	#sound: boolean | null = null;

	/** Reads the tokens there are. */
	take(tokens: XmlTokens): void {
		const { text } = this;
		for (;;) {
			if (!this.#inItem) this.#plain(tokens);
			const token = tokens.next();
			if (token === MORE) return;
			if (!this.#inItem) {
				if (token !== OPEN || !tokens.is(SI)) continue;
				if (tokens.empty) this.#add();
				else {
					this.#inItem = true;
					this.#rich.begin(text);
				}
			} else if (token === OPEN) this.#rich.open(tokens);
			else if (token === TEXT || token === CDATA) this.#rich.text(tokens, text, token === CDATA);
			else if (token === CLOSE) {
				this.#rich.close(tokens, text);
				if (!tokens.is(SI)) continue;
				this.#inItem = false;
				this.#rich.finish(text);
				this.#add();
			}
		}
	}

	/** `<si><t>…</t></si>`, one after the other, whose texts are to be taken as they stand. */
	#plain(tokens: XmlTokens): void {
		const { bytes } = tokens;
		const { text } = this;
		const near = tokens.stop - ITEM_END.length;
		for (;;) {
			const from = tokens.at + ITEM.length;
			if (from >= near || !tokens.is(ITEM, tokens.at, from)) return;
			let to = from;
			// Entities, control characters, and those that are written out.
			for (; to < near; to++) {
				const byte = bytes[to] as number;
				if (byte === 0x3c || byte === 0x26 || byte === 0x5f || byte < 0x20) break;
			}
			if (to - from > LONGEST_PLAIN || !tokens.is(ITEM_END, to, to + ITEM_END.length)) return;
			// Spaces around it are left out.
			if (bytes[from] === 0x20 || bytes[to - 1] === 0x20) return;
			text.room(to - from + 64);
			const { bytes: target, length } = text;
			for (let i = from; i < to; i++) target[length + i - from] = bytes[i] as number;
			text.length = length + to - from;
			tokens.at = to + ITEM_END.length;
			this.#add();
		}
	}

	/** Whether all texts are UTF-8: once they are all read. */
	sound(): boolean {
		return (this.#sound ??= invalidUtf8At(this.text.bytes, 0, this.text.length) < 0);
	}

	#add(): void {
		if (this.count === MAX_TEXTS)
			throw new InvalidError('sheet_too_many_cells', { millions: MAX_TEXTS / 1e6 });
		if (this.count + 1 === this.offsets.length) {
			const wider = new Int32Array(this.offsets.length * 2);
			wider.set(this.offsets);
			this.offsets = wider;
		}
		this.offsets[++this.count] = this.text.length;
	}
}
