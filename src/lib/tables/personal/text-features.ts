/**
 * One pass over a text that says which detectors need to read it at all: most texts of a table hold nothing, and each
 * detector costs more than this pass.
 */

export const FEATURE = {
	/** An at sign, or what may stand for one. */
	at: 1,
	/** Figures enough in a row, with what parts them, for a telephone; for nine; for a card; for a health number. */
	ten: 2,
	nine: 4,
	fifteen: 8,
	six: 16,
	/** Letters and figures by turns. */
	postal: 32,
	/** A figure, then a word. */
	address: 64,
	capital: 128,
	/** Figures and words enough for « né le … ». */
	dated: 256,
	/** Signs that `plainText` would write otherwise. */
	exotic: 512,
	/** Nothing but figures and their separators. */
	figures: 1024,
	letter: 2048,
	digit: 4096,
	/** Names of fields with their values: an equals sign, a mark of JSON or XML, a colon after a letter. */
	fields: 8192
} as const;

/** Bits of `FEATURE` for `text[from .. to)`. */
export function featuresOf(text: string, from: number, to: number): number {
	let flags = 0;
	let run = 0;
	let longest = 0;
	let digits = 0;
	let letters = 0;
	// Signs that go letter, figure, letter… since the last two of a kind.
	let turns = 0;
	let mostTurns = 0;
	let last = 0;
	let lastEither = false;
	let plus = false;
	let afterDigit = false;
	for (let i = from; i < to; i++) {
		const code = text.charCodeAt(i);
		if (code >= 0x30 && code <= 0x39) {
			digits++;
			run++;
			if (run > longest) longest = run;
			turns = last === 2 ? turns + 1 : 0;
			last = 1;
			lastEither = false;
			if (turns > mostTurns) mostTurns = turns;
			afterDigit = true;
			continue;
		}
		const lower = code | 0x20;
		if ((lower >= 0x61 && lower <= 0x7a) || code >= 0xc0) {
			letters++;
			if (code >= 0x41 && code <= 0x5a) flags |= FEATURE.capital;
			else if (code >= 0xc0) {
				flags |= FEATURE.capital;
				if (code >= 0x250) flags |= FEATURE.exotic;
			}
			// O, I and l are typed for figures: `H4E ON6`.
			const either = lower === 0x6f || lower === 0x6c || lower === 0x69;
			turns = last === 1 || either || lastEither ? turns + 1 : 0;
			lastEither = either;
			last = 2;
			if (turns > mostTurns) mostTurns = turns;
			// O and l stand for figures in a run of them.
			if (!either) run = 0;
			else if (run > 0 && ++run > longest) longest = run;
			if (afterDigit) {
				flags |= FEATURE.address;
				afterDigit = false;
			}
			// ` at `, `(a)`, `arobase`.
			if (lower === 0x61 && (flags & FEATURE.at) === 0 && opensAt(text, i, from, to))
				flags |= FEATURE.at;
			continue;
		}
		if (
			code === 0x3d ||
			code === 0x3c ||
			code === 0x7b ||
			(code === 0x3a && last === 2 && letters > 1)
		)
			flags |= FEATURE.fields;
		if (code === 0x40) flags |= FEATURE.at;
		else if (code === 0x25) {
			if (text.charCodeAt(i + 1) === 0x34 && text.charCodeAt(i + 2) === 0x30) flags |= FEATURE.at;
		} else if (code === 0x26) {
			if (text.charCodeAt(i + 1) === 0x23 || text.startsWith('commat', i + 1)) flags |= FEATURE.at;
		} else if (code === 0xe0 || code === 0xc0) flags |= FEATURE.letter;
		else if (code === 0x2b) plus = true;
		else if (code >= 0x80) flags |= FEATURE.exotic;
		// What parts figures goes on a run; anything else ends it.
		if (
			code !== 0x20 &&
			code !== 0x2d &&
			code !== 0x2e &&
			code !== 0x28 &&
			code !== 0x29 &&
			code !== 0x2f &&
			code !== 0x5f &&
			code !== 0x2b &&
			code !== 0x2a &&
			code !== 0x5c &&
			code !== 0x7c &&
			code !== 0x7e &&
			code !== 0xb7 &&
			code !== 0x2022
		)
			run = 0;
	}
	if (longest >= 10 || (plus && longest >= 8)) flags |= FEATURE.ten;
	if (longest >= 9) flags |= FEATURE.nine;
	if (longest >= 15) flags |= FEATURE.fifteen;
	if (longest >= 6 && letters >= 4) flags |= FEATURE.six;
	if (mostTurns >= 3 && digits > 0) flags |= FEATURE.postal;
	if (digits >= 4 && letters >= 2) flags |= FEATURE.dated;
	if (digits >= 7 && letters === 0) flags |= FEATURE.figures;
	if (letters > 0) flags |= FEATURE.letter;
	if (digits > 0) flags |= FEATURE.digit;
	return flags;
}

function opensAt(text: string, i: number, from: number, to: number): boolean {
	const before = i === from ? 0 : text.charCodeAt(i - 1);
	const opened =
		before === 0x28 ||
		before === 0x5b ||
		before === 0x7b ||
		before === 0x3c ||
		before === 0x2a ||
		before === 0x5f;
	if (before !== 0x20 && before !== 0x2d && !opened) return false;
	const next = i + 1 < to ? text.charCodeAt(i + 1) | 0x20 : 0;
	// `at`, `arobase`, `a commercial`; `(a)`.
	return (
		next === 0x74 ||
		(next === 0x72 && (text.charCodeAt(i + 2) | 0x20) === 0x6f) ||
		opened ||
		next === 0x20
	);
}

/** Where a figure begins a group of figures, or what opens a telephone. */
export function figureStarts(text: string): number[] {
	const starts: number[] = [];
	let before = 0;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		const digit = code >= 0x30 && code <= 0x39;
		if (digit ? before < 0x30 || before > 0x39 : code === 0x28 || code === 0x2b) starts.push(i);
		before = code;
	}
	return starts;
}
